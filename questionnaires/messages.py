"""What each fault says, in both languages. Names in braces are the fault's particulars."""

from __future__ import annotations

from dataclasses import dataclass

from .text import Text


@dataclass(frozen=True, slots=True)
class Message:
    """What is wrong (and what was expected), how to mend it, and whether it is only a warning."""

    what: Text
    mend: Text
    warning: bool = False


def _says(zh: str, en: str, *, mend_zh: str, mend_en: str, warning: bool = False) -> Message:
    return Message(Text(zh, en), Text(mend_zh, mend_en), warning)


MESSAGES: dict[str, Message] = {
    # the outer form of a file
    "missing-file": _says(
        "找不到文件 {name}。",
        "The file {name} is missing.",
        mend_zh="请新建该文件，或从引用处去掉它。",
        mend_en="Create it, or remove what refers to it.",
    ),
    "not-utf8": _says(
        "文件不是 UTF-8 编码。",
        "The file is not encoded in UTF-8.",
        mend_zh="请在编辑器中另存为 UTF-8。",
        mend_en="Save it as UTF-8 in your editor.",
    ),
    "too-large": _says(
        "文件超出上限（{limit}）：字节、条目或嵌套层数过多。",
        "The file exceeds the limit ({limit}) of bytes, entries or depth.",
        mend_zh="请拆成几个较小的文件。",
        mend_en="Split it into smaller files.",
    ),
    "yaml-syntax": _says(
        "语法错误：{problem}。",
        "Syntax error: {problem}.",
        mend_zh="请检查本行及上一行的缩进、引号和冒号；含“: ”或“ #”的文字要加引号。",
        mend_en="Check indentation, quotes and colons here and on the line before; quote text that contains ': ' or ' #'.",
    ),
    "yaml-documents": _says(
        "一个文件只能有一份内容，这里开始了第二份（---）。",
        "A file holds one document; a second one (---) begins here.",
        mend_zh="请删去“---”及其后的内容。",
        mend_en="Remove the '---' and what follows.",
    ),
    "yaml-alias": _says(
        "不允许使用锚点（&）和别名（*）。",
        "Anchors (&) and aliases (*) are not allowed.",
        mend_zh="请把内容写全；若是文字以 & 或 * 开头，请加引号。",
        mend_en="Write the content out; quote text that begins with & or *.",
    ),
    "yaml-tag": _says(
        "不允许使用类型标记（!）。",
        "Type tags (!) are not allowed.",
        mend_zh="请删去标记；若是文字以 ! 开头，请加引号。",
        mend_en="Remove the tag; quote text that begins with an exclamation mark.",
    ),
    "yaml-key": _says(
        "键只能是单个词。",
        "A key must be a single word.",
        mend_zh="请把键改成文字，不要用列表或键值对作键。",
        mend_en="Use a word, not a list or a mapping, as the key.",
    ),
    "duplicate-key": _says(
        "键 {key} 重复，第 {first} 行已有。",
        "The key {key} is given twice, first on line {first}.",
        mend_zh="请只保留一处。",
        mend_en="Keep one of them.",
    ),
    # keys and values
    "unknown-key": _says(
        "这里没有名为 {key} 的键。",
        "There is no key {key} here.",
        mend_zh="{hint}请改正拼写或删去。",
        mend_en="{hint} Correct the spelling or remove it.",
    ),
    "missing-key": _says(
        "缺少键 {key}（应为{expected}）。",
        "The key {key} is missing (expected: {expected}).",
        mend_zh="请补上 {key}。",
        mend_en="Add {key}.",
    ),
    "wrong-type": _says(
        "应为{expected}，实际是{found}。",
        "Expected {expected}, found {found}.",
        mend_zh="请按所需类型改写；应为文字的数字请加引号。",
        mend_en="Rewrite it as that type; put quotes around a number that is meant as text.",
    ),
    "bad-word": _says(
        "{found}不在可选值之内：{expected}。",
        "{found} is none of: {expected}.",
        mend_zh="{hint}请选用其中之一。",
        mend_en="{hint} Use one of them.",
    ),
    "bad-id": _says(
        "{found} 不合格式，应为{expected}。",
        "{found} has the wrong form; expected {expected}.",
        mend_zh="请按格式改写，并同步修改引用它的地方。",
        mend_en="Rewrite it, and everything that refers to it.",
    ),
    "bad-date": _says(
        "{found} 不是有效的日期，应为{expected}。",
        "{found} is no valid date; expected {expected}.",
        mend_zh="请改成实际存在的日期。",
        mend_en="Give a date that exists.",
    ),
    "out-of-range": _says(
        "{found} 超出范围：{expected}。",
        "{found} is out of range: {expected}.",
        mend_zh="请改成范围内的数。",
        mend_en="Give a number within the range.",
    ),
    "too-few": _says(
        "列表有 {found} 项，应为 {expected} 项（或更多）。",
        "The list has {found} members where {expected} (or more) are expected.",
        mend_zh="请补齐。",
        mend_en="Complete it.",
    ),
    "missing-translation": _says(
        "缺少 {lang} 文本。",
        "The {lang} text is missing.",
        mend_zh="请补上 {lang}: …，中英文都要有。",
        mend_en="Add {lang}: …; both languages are required.",
    ),
    "empty-text": _says(
        "文本 {lang} 是空的。",
        "The text {lang} is empty.",
        mend_zh="请写上内容，或删去整个键。",
        mend_en="Write it, or remove the whole key.",
    ),
    # the folder
    "stray-file": _says(
        "文件 {name} 不属于本问卷：sections 没有列出它。",
        "The file {name} does not belong here: sections does not list it.",
        mend_zh="请把它列入 questionnaire.yaml 的 sections，或移走。",
        mend_en="List it under sections in questionnaire.yaml, or move it away.",
    ),
    "folder-name": _says(
        "{key} 是 {found}，但文件夹名是 {expected}。",
        "The {key} is {found} but the folder is called {expected}.",
        mend_zh="请让两者一致。",
        mend_en="Make the two agree.",
    ),
    "file-name": _says(
        "分节的标识是 {found}，但文件名是 {expected}.yaml。",
        "The section's id is {found} but the file is called {expected}.yaml.",
        mend_zh="请让两者一致。",
        mend_en="Make the two agree.",
    ),
    "published-changed": _says(
        "{slug} {version} 已经发布，其文件此后有改动（摘要 {found}，登记为 {expected}）。",
        "{slug} {version} is published and its files have changed since (digest {found}, on record {expected}).",
        mend_zh="请恢复原样，把改动写进新版本。",
        mend_en="Restore the files and make the change in a new version.",
    ),
    "published-missing": _says(
        "{slug} {version} 已经发布，但找不到它的文件夹。",
        "{slug} {version} is published but its folder is gone.",
        mend_zh="请恢复该文件夹；发布过的版本要一直保留。",
        mend_en="Restore the folder; a published version is kept for good.",
    ),
    "bad-lock": _says(
        "发布登记这一行应为“名称 版本 摘要”。",
        "A line of the lock must read 'slug version digest'.",
        mend_zh="请恢复该行，不要手工编辑此文件。",
        mend_en="Restore the line; this file is not edited by hand.",
    ),
    # ids and what refers to them
    "duplicate-id": _says(
        "标识 {id} 重复，{first} 已经用过。",
        "The id {id} is used twice, first at {first}.",
        mend_zh="请给其中一个另取标识。",
        mend_en="Give one of them another id.",
    ),
    "dangling-reference": _says(
        "没有名为 {id} 的{kind}。",
        "There is no {kind} called {id}.",
        mend_zh="{hint}请改正，或先定义它。",
        mend_en="{hint} Correct it, or define it.",
    ),
    "unknown-option": _says(
        "问题 {question} 没有选项 {option}。",
        "The question {question} has no option {option}.",
        mend_zh="{hint}请改成已有的选项。",
        mend_en="{hint} Use an option that exists.",
    ),
    "one-of": _says(
        "{keys} 之中应恰好有一个，实际有 {found} 个。",
        "Exactly one of {keys} is expected, found {found}.",
        mend_zh="请只保留一个。",
        mend_en="Keep exactly one.",
    ),
    "misplaced-key": _says(
        "键 {key} 在这里不起作用：{why}。",
        "The key {key} has no effect here: {why}.",
        mend_zh="请删去它，或补上它所依附的内容。",
        mend_en="Remove it, or add what it goes with.",
    ),
    # formulas and conditions
    "formula-syntax": _says(
        "公式有误：{problem}。",
        "The formula is wrong: {problem}.",
        mend_zh="请按格式说明改写：{source}",
        mend_en="Rewrite it as the format describes: {source}",
    ),
    "cycle": _says(
        "循环引用：{chain}。",
        "These refer to each other in a circle: {chain}.",
        mend_zh="请去掉其中一个引用。",
        mend_en="Remove one of the references.",
    ),
    "needs-cycle": _says(
        "前提条件形成循环：{chain}。",
        "The prerequisites form a circle: {chain}.",
        mend_zh="请去掉其中一个 needs，或降低所需级别。",
        mend_en="Remove one of the needs, or lower its level.",
    ),
    "needs-level": _says(
        "{id} 只有 {levels} 级，不能要求第 {found} 级。",
        "{id} has {levels} levels, so level {found} cannot be needed.",
        mend_zh="请改成 1 到 {levels} 之间的级别。",
        mend_en="Give a level from 1 to {levels}.",
    ),
    "unreachable": _says(
        "条件永远不成立：{source}",
        "The condition can never hold: {source}",
        mend_zh="请检查它和它所依赖的条件是否互相矛盾。",
        mend_en="Check whether it contradicts itself or the conditions it depends on.",
    ),
    # weights, scales and levels
    "weight-sum": _says(
        "{of} 的权重之和是 {found}，应为 {expected}。",
        "The weights of {of} add up to {found} instead of {expected}.",
        mend_zh="请调整权重，使之相等。",
        mend_en="Adjust the weights so that they agree.",
    ),
    "breakpoints": _says(
        "折线的原始值必须递增、得分必须单调，这里不是：{found}。",
        "Raw values of breakpoints must increase and their scale values be monotonic; here they are not: {found}.",
        mend_zh="请按原始值从小到大排列，并检查得分。",
        mend_en="Order them by raw value and check the scale values.",
    ),
    "goalposts": _says(
        "标杆值不成立：起点 {start}，终点 {end}。",
        "These goalposts make no scale: from {start} to {end}.",
        mend_zh="两者必须不同；取对数时都必须大于零。",
        mend_en="The two must differ, and with log both must be above zero.",
    ),
    "bands": _says(
        "等级下限必须严格递增，这里不是：{found}。",
        "The lower borders of the levels must increase strictly; here they do not: {found}.",
        mend_zh="请按等级从低到高给出 from，要么各级（0 级除外）都给，要么都不给。",
        mend_en="Give `from` in ascending order, for every level above 0 or for none.",
    ),
    "level-numbers": _says(
        "等级编号应从 0 起逐一递增，实际是 {found}。",
        "Level numbers must run from 0 without a gap; found {found}.",
        mend_zh="请重新编号。",
        mend_en="Number them anew.",
    ),
    "degrees": _says(
        "达到程度的数值必须递增且以 1 结尾，实际是 {found}。",
        "The values of degrees must increase and end in 1; found {found}.",
        mend_zh="请重新排列。",
        mend_en="Put them in order.",
    ),
    "value-range": _says(
        "{found} 不在 {low} 到 {high} 的分值范围内。",
        "{found} lies outside the scale from {low} to {high}.",
        mend_zh="请改成范围内的数，或为它定义折线。",
        mend_en="Give a value on the scale, or define breakpoints for it.",
    ),
    "min-max": _says(
        "下限 {low} 大于上限 {high}。",
        "The lower bound {low} is above the upper bound {high}.",
        mend_zh="请对调或改正。",
        mend_en="Swap or correct them.",
    ),
    "ladder-levels": _says(
        "这个阶梯有 {found} 级，其他阶梯多为 {expected} 级。",
        "This ladder has {found} levels where most others have {expected}.",
        mend_zh="请确认是否漏写了某一级。",
        mend_en="Check whether a level was left out.",
        warning=True,
    ),
    "gate-level": _says(
        "门槛所指的等级 {found} 不存在或顺序不对（现有 {expected}）。",
        "The gate's level {found} does not exist or is out of order (known: {expected}).",
        mend_zh="请改成已有的等级，各步骤按等级递增。",
        mend_en="Use a level that exists; steps ascend by level.",
    ),
    "gate-empty": _says(
        "没有权重不低于 {found} 的领域，这个门槛永远不起作用。",
        "No domain has a weight of {found} or more, so this gate never acts.",
        mend_zh="请降低 min_weight。",
        mend_en="Lower min_weight.",
    ),
    "findings": _says(
        "评语应覆盖等级 {expected}，各一条，实际是 {found}。",
        "Findings must cover the levels {expected}, one each; found {found}.",
        mend_zh="请补齐或去掉多余的。",
        mend_en="Add what is missing or remove what is too much.",
    ),
    "near-copy": _says(
        "与 {other}（{where}）的表述过于相似：{lang} 相似度 {found}，上限 {limit}。",
        "Too much like {other} ({where}): similarity {found} in {lang}, at most {limit} is allowed.",
        mend_zh="请写出本指标特有的凭据、做法或数字。",
        mend_en="Write what belongs to this indicator alone: its artefact, practice or figure.",
    ),
    # answer files
    "unknown-questionnaire": _says(
        "没有问卷 {slug} {version}。",
        "There is no questionnaire {slug} {version}.",
        mend_zh="{hint}请核对 questionnaire 和 version。",
        mend_en="{hint} Check questionnaire and version.",
    ),
    "duplicate-version": _says(
        "问卷 {slug} {version} 存在于两处：{first} 和 {second}。",
        "The questionnaire {slug} {version} exists twice: {first} and {second}.",
        mend_zh="请移走其中一处，或改版本号。",
        mend_en="Remove one of them, or change its version.",
    ),
    "answer": _says(
        "{problem}",
        "{problem}",
        mend_zh="{hint}",
        mend_en="{hint}",
    ),
    "unknown-answer": _says(
        "问卷里没有问题 {id}。",
        "The questionnaire has no question {id}.",
        mend_zh="{hint}请改正标识或删去这条。",
        mend_en="{hint} Correct the id or remove the entry.",
    ),
    "entities": _says(
        "合并口径必须列出纳入的单位。",
        "A consolidated scope must list its entities.",
        mend_zh="请补上 entities: …。",
        mend_en="Add entities: ….",
    ),
    "not-illustrative": _says(
        "示例答卷必须注明是示意。",
        "An example must say that it is illustrative.",
        mend_zh="请补上 illustrative: {{zh: 示意，非真实企业, en: Illustrative; not a real enterprise}}。",
        mend_en="Add illustrative: {{zh: 示意，非真实企业, en: Illustrative; not a real enterprise}}.",
    ),
    # facts about the enterprise
    "uscc-form": _says(
        "统一社会信用代码 {found} 应为 18 位数字和大写字母（不含 I、O、S、V、Z）。",
        "The unified social credit code {found} must be 18 digits and capital letters (without I, O, S, V, Z).",
        mend_zh="请对照营业执照重新输入。",
        mend_en="Copy it again from the business licence.",
    ),
    "uscc-check": _says(
        "统一社会信用代码 {found} 的校验码应为 {expected}。",
        "The check character of the unified social credit code {found} should be {expected}.",
        mend_zh="多半有一位输错，请对照营业执照核对。",
        mend_en="A character is probably mistyped; compare it with the business licence.",
    ),
    "uscc-organisation": _says(
        "代码 {found} 内含的组织机构代码校验不符。",
        "The organisation code inside {found} does not check.",
        mend_zh="个别老代码确有此情况；请再核对一遍。",
        mend_en="Some old codes are like this; please compare it once more.",
        warning=True,
    ),
    "region": _says(
        "行政区划代码 {found} 不在表中（{date} 有效）。",
        "The region code {found} is not in the table (valid on {date}).",
        mend_zh="请从列表中选取所在的省、市或县。",
        mend_en="Choose the province, prefecture or county from the list.",
    ),
    "industry": _says(
        "行业代码 {found} 不是制造业大类（13–43）。",
        "The industry code {found} is no division of manufacturing (13–43).",
        mend_zh="请按 GB/T 4754 填写两位大类代码。",
        mend_en="Give the two-digit division of GB/T 4754.",
    ),
}
