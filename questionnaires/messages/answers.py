from __future__ import annotations

from .message import Message, says

ANSWERS: dict[str, Message] = {
    # answer files
    "unknown-questionnaire": says(
        "没有问卷 {slug} {version}。",
        "There is no questionnaire {slug} {version}.",
        mend_zh="{hint}请核对 questionnaire 和 version。",
        mend_en="{hint} Check questionnaire and version.",
    ),
    "duplicate-version": says(
        "问卷 {slug} {version} 存在于两处：{first} 和 {second}。",
        "The questionnaire {slug} {version} exists twice: {first} and {second}.",
        mend_zh="请移走其中一处，或改版本号。",
        mend_en="Remove one of them, or change its version.",
    ),
    "entities": says(
        "合并口径必须列出纳入的单位。",
        "A consolidated scope must list its entities.",
        mend_zh="请补上 entities: …。",
        mend_en="Add entities: ….",
    ),
    "answer-unknown-question": says(
        "问卷里没有问题 {got}。",
        "The questionnaire has no question {got}.",
        mend_zh="{hint}请改正标识或删去这条。",
        mend_en="{hint} Correct the id or remove the entry.",
    ),
    "answer-unknown-group": says(
        "检查单 {path} 没有这个分组：{got}。",
        "The checklist has no such group at {path}: {got}.",
        mend_zh="{hint}请选用其中之一。",
        mend_en="{hint} Use one that exists.",
    ),
    "answer-unknown-clause": says(
        "{path} 没有这一条款：{got}。",
        "There is no such clause at {path}: {got}.",
        mend_zh="{hint}请选用其中之一。",
        mend_en="{hint} Use one that exists.",
    ),
    "answer-unknown-row": says(
        "表格没有这一行（{path}）：{got}。",
        "The table has no such row ({path}): {got}.",
        mend_zh="{hint}请选用其中之一。",
        mend_en="{hint} Use one that exists.",
    ),
    "answer-unknown-column": says(
        "表格没有这一列（{path}）：{got}。",
        "The table has no such column ({path}): {got}.",
        mend_zh="{hint}请选用其中之一。",
        mend_en="{hint} Use one that exists.",
    ),
    "answer-unknown-option": says(
        "{path} 没有选项 {got}。",
        "{path} has no option {got}.",
        mend_zh="{hint}请选用其中之一。",
        mend_en="{hint} Use one that exists.",
    ),
    "answer-unknown-degree": says(
        "{path} 的达到程度不能是 {got}，可用：{allowed}。",
        "The degree of {path} cannot be {got}; allowed: {allowed}.",
        mend_zh="{hint}请选用其中之一。",
        mend_en="{hint} Use one that exists.",
    ),
    "answer-wrong-shape": says(
        "{path} 的回答形式不对：应为 {expected}，实际是 {got}。",
        "The answer to {path} has the wrong form: expected {expected}, found {got}.",
        mend_zh="请按格式说明改写。",
        mend_en="Rewrite it as the format describes.",
    ),
    "answer-not-a-number": says(
        "{path} 应为数字，实际是 {got}。",
        "{path} should be a number, found {got}.",
        mend_zh="请只写数字，不加单位、千分位或引号。",
        mend_en="Write the number alone, without unit, thousands separators or quotes.",
    ),
    "answer-not-finite": says(
        "{path} 不是有限的数：{got}。",
        "{path} is no finite number: {got}.",
        mend_zh="请填写实际数字。",
        mend_en="Give the actual figure.",
    ),
    "answer-too-small": says(
        "{path} 是 {got}，不能小于 {least}。",
        "{path} is {got}; it cannot be below {least}.",
        mend_zh="请核对数字和单位。",
        mend_en="Check the figure and its unit.",
    ),
    "answer-too-large": says(
        "{path} 是 {got}，不能大于 {most}。",
        "{path} is {got}; it cannot be above {most}.",
        mend_zh="请核对数字和单位。",
        mend_en="Check the figure and its unit.",
    ),
    "answer-too-few": says(
        "{path} 选了 {got} 项，至少要选 {least} 项。",
        "{path} has {got} options picked; at least {least} are needed.",
        mend_zh="请补选。",
        mend_en="Pick more.",
    ),
    "answer-too-many": says(
        "{path} 选了 {got} 项，至多选 {most} 项。",
        "{path} has {got} options picked; at most {most} are allowed.",
        mend_zh="请减少选项。",
        mend_en="Pick fewer.",
    ),
    "answer-repeated": says(
        "{path} 有重复的选项：{got}。",
        "{path} names an option twice: {got}.",
        mend_zh="请去掉重复的。",
        mend_en="Remove the repetition.",
    ),
    "answer-exclusive": says(
        "{path} 的选项 {got} 只能单独选。",
        "The option {got} of {path} stands alone.",
        mend_zh="请只留它，或去掉它。",
        mend_en="Keep it alone, or remove it.",
    ),
    "answer-bad-date": says(
        "{path} 应为日期，实际是 {got}。",
        "{path} should be a date, found {got}.",
        mend_zh="请写成 2025-03-01 的样子。",
        mend_en="Write it like 2025-03-01.",
    ),
    "answer-too-long": says(
        "{path} 有 {got} 个字，至多 {most} 个。",
        "{path} has {got} characters; at most {most} are allowed.",
        mend_zh="请缩短。",
        mend_en="Shorten it.",
    ),
    "answer-na-not-allowed": says(
        "{path} 不能回答“不适用”。",
        "{path} cannot be answered 'not applicable'.",
        mend_zh="请按实际情况作答；确实没有的，选最低一级或零。",
        mend_en="Answer as things are; what does not exist is the lowest level or zero.",
    ),
    "answer-na-without-reason": says(
        "{path} 的“不适用”缺少理由。",
        "'Not applicable' at {path} lacks its reason.",
        mend_zh="请写成 {{na: 理由}}。",
        mend_en="Write {{na: reason}}.",
    ),
    # facts about the enterprise
    "uscc-form": says(
        "统一社会信用代码 {found} 应为 18 位数字和大写字母（不含 I、O、S、V、Z）。",
        "The unified social credit code {found} must be 18 digits and capital letters (without I, O, S, V, Z).",
        mend_zh="请对照营业执照重新输入。",
        mend_en="Copy it again from the business licence.",
    ),
    "uscc-check": says(
        "统一社会信用代码 {found} 的校验码应为 {expected}。",
        "The check character of the unified social credit code {found} should be {expected}.",
        mend_zh="多半有一位输错，请对照营业执照核对。",
        mend_en="A character is probably mistyped; compare it with the business licence.",
    ),
    "uscc-organisation": says(
        "代码 {found} 内含的组织机构代码校验不符。",
        "The organisation code inside {found} does not check.",
        mend_zh="个别老代码确有此情况；请再核对一遍。",
        mend_en="Some old codes are like this; please compare it once more.",
        warning=True,
    ),
    "region": says(
        "行政区划代码 {found} 不在表中（{date} 有效）。",
        "The region code {found} is not in the table (valid on {date}).",
        mend_zh="请从列表中选取所在的省、市或县。",
        mend_en="Choose the province, prefecture or county from the list.",
    ),
    "industry": says(
        "行业代码 {found} 不是制造业大类（13–43）。",
        "The industry code {found} is no division of manufacturing (13–43).",
        mend_zh="请按 GB/T 4754 填写两位大类代码。",
        mend_en="Give the two-digit division of GB/T 4754.",
    ),
}
