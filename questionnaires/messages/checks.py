from __future__ import annotations

from .message import Message, says

CHECKS: dict[str, Message] = {
    # ids and what refers to them
    "duplicate-id": says(
        "标识 {id} 重复，{first} 已经用过。",
        "The id {id} is used twice, first at {first}.",
        mend_zh="请给其中一个另取标识。",
        mend_en="Give one of them another id.",
    ),
    "dangling-reference": says(
        "没有名为 {id} 的{kind}。",
        "There is no {kind} called {id}.",
        mend_zh="{hint}请改正，或先定义它。",
        mend_en="{hint} Correct it, or define it.",
    ),
    "unknown-option": says(
        "问题 {question} 没有选项 {option}。",
        "The question {question} has no option {option}.",
        mend_zh="{hint}请改成已有的选项。",
        mend_en="{hint} Use an option that exists.",
    ),
    "one-of": says(
        "{keys} 之中应恰好有一个，实际有 {found} 个。",
        "Exactly one of {keys} is expected, found {found}.",
        mend_zh="请恰好给出一个。",
        mend_en="Give exactly one.",
    ),
    "misplaced-key": says(
        "键 {key} 在这里不起作用：{why}。",
        "The key {key} has no effect here: {why}.",
        mend_zh="请删去它，或补上它所依附的内容。",
        mend_en="Remove it, or add what it goes with.",
    ),
    # formulas and conditions
    "formula-syntax": says(
        "公式有误：{problem}。",
        "The formula is wrong: {problem}.",
        mend_zh="请按格式说明改写：{source}",
        mend_en="Rewrite it as the format describes: {source}",
    ),
    "cycle": says(
        "循环引用：{chain}。",
        "These refer to each other in a circle: {chain}.",
        mend_zh="请去掉其中一个引用。",
        mend_en="Remove one of the references.",
    ),
    "needs-cycle": says(
        "前提条件形成循环：{chain}。",
        "The prerequisites form a circle: {chain}.",
        mend_zh="请去掉其中一个 needs，或降低所需级别。",
        mend_en="Remove one of the needs, or lower its level.",
    ),
    "needs-level": says(
        "{id} 只有 {levels} 级，不能要求第 {found} 级。",
        "{id} has {levels} levels, so level {found} cannot be needed.",
        mend_zh="请改成 1 到 {levels} 之间的级别。",
        mend_en="Give a level from 1 to {levels}.",
    ),
    "unreachable": says(
        "条件 {source} 永远不成立。",
        "The condition {source} can never hold.",
        mend_zh="请检查它和它所依赖的条件是否互相矛盾。",
        mend_en="Check whether it contradicts itself or the conditions it depends on.",
    ),
    # weights, scales and levels
    "weight-sum": says(
        "{of} 的权重之和是 {found}，应为 {expected}。",
        "The weights of {of} add up to {found} instead of {expected}.",
        mend_zh="请调整权重，使之相等。",
        mend_en="Adjust the weights so that they agree.",
    ),
    "breakpoints": says(
        "折线的原始值必须递增、得分必须单调，这里不是：{found}。",
        "Raw values of breakpoints must increase and their scale values be monotonic; here they are not: {found}.",
        mend_zh="请按原始值从小到大排列，并检查得分。",
        mend_en="Order them by raw value and check the scale values.",
    ),
    "goalposts": says(
        "标杆值不成立：起点 {start}，终点 {end}。",
        "These goalposts make no scale: from {start} to {end}.",
        mend_zh="两者必须不同；取对数时都必须大于零。",
        mend_en="The two must differ, and with log both must be above zero.",
    ),
    "bands": says(
        "等级下限必须严格递增，这里不是：{found}。",
        "The lower borders of the levels must increase strictly; here they do not: {found}.",
        mend_zh="请按等级从低到高给出 from，要么各级（0 级除外）都给，要么都不给。",
        mend_en="Give `from` in ascending order, for every level above 0 or for none.",
    ),
    "level-numbers": says(
        "等级编号应从 0 起逐一递增，实际是 {found}。",
        "Level numbers must run from 0 without a gap; found {found}.",
        mend_zh="请重新编号。",
        mend_en="Number them anew.",
    ),
    "degrees": says(
        "达到程度的数值必须递增且以 1 结尾，实际是 {found}。",
        "The values of degrees must increase and end in 1; found {found}.",
        mend_zh="请重新排列。",
        mend_en="Put them in order.",
    ),
    "value-range": says(
        "{found} 不在 {low} 到 {high} 的分值范围内。",
        "{found} lies outside the scale from {low} to {high}.",
        mend_zh="请改成范围内的数，或为它定义折线。",
        mend_en="Give a value on the scale, or define breakpoints for it.",
    ),
    "min-max": says(
        "下限 {low} 大于上限 {high}。",
        "The lower bound {low} is above the upper bound {high}.",
        mend_zh="请对调或改正。",
        mend_en="Swap or correct them.",
    ),
    "ladder-levels": says(
        "这个阶梯有 {found} 级，其他阶梯多为 {expected} 级。",
        "This ladder has {found} levels where most others have {expected}.",
        mend_zh="请确认是否漏写了某一级。",
        mend_en="Check whether a level was left out.",
        warning=True,
    ),
    "gate-level": says(
        "门槛所指的等级 {found} 不存在或顺序不对（现有 {expected}）。",
        "The gate's level {found} does not exist or is out of order (known: {expected}).",
        mend_zh="请改成已有的等级，各步骤按等级递增。",
        mend_en="Use a level that exists; steps ascend by level.",
    ),
    "gate-empty": says(
        "没有权重不低于 {found} 的领域，这个门槛永远不起作用。",
        "No domain has a weight of {found} or more, so this gate never acts.",
        mend_zh="请降低 min_weight。",
        mend_en="Lower min_weight.",
    ),
    "findings": says(
        "评语应覆盖 {expected}，各一条，实际是 {found}。",
        "Findings must cover {expected}, one each; found {found}.",
        mend_zh="请补齐或去掉多余的。",
        mend_en="Add what is missing or remove what is too much.",
    ),
    "years": says(
        "年份应从报告年度 0 起逐年往前、不重复，例如 {expected}，实际是 {found}。",
        "Years run back from the reporting year 0 without gap or repetition, such as {expected}; found {found}.",
        mend_zh="请改正年份。",
        mend_en="Correct the years.",
    ),
    "no-years": says(
        "这里没有按年计算，不能用 t：{source}。",
        "Nothing here goes by years, so there is no t: {source}.",
        mend_zh="请补上 years，或写明具体的列。",
        mend_en="Add years, or name the column itself.",
    ),
    "chart-steps": says(
        "瀑布图应以 start 开头、以 end 结尾，实际是 {found}。",
        "A waterfall begins with its only start and ends with an end; found {found}.",
        mend_zh="请调整 steps 的 sign。",
        mend_en="Change the signs of its steps.",
    ),
    "parameter-general": says(
        "参数 {id} 没有适用于所有行业的取值。",
        "The parameter {id} has no value for all industries.",
        mend_zh="请补一条不带 industries 的取值。",
        mend_en="Add an entry without industries.",
    ),
    "parameter-twice": says(
        "参数 {id} 自 {since} 年起、行业 {industry} 的取值重复。",
        "The parameter {id} has two values from {since} on for industry {industry}.",
        mend_zh="请只留一条。",
        mend_en="Keep one of them.",
    ),
    "near-copy": says(
        "与 {other}（{where}）的表述过于相似：{lang} 相似度 {found}，上限 {limit}。",
        "Too much like {other} ({where}): similarity {found} in {lang}, at most {limit} is allowed.",
        mend_zh="请写出本指标特有的凭据、做法或数字。",
        mend_en="Write what belongs to this indicator alone: its artefact, practice or figure.",
    ),
    "not-illustrative": says(
        "示例答卷必须注明是示意。",
        "An example must say that it is illustrative.",
        mend_zh="请补上 illustrative，例如 {{zh: 示意，非真实企业, en: Illustrative; not a real enterprise}}。",
        mend_en="Add illustrative, such as {{zh: 示意，非真实企业, en: Illustrative; not a real enterprise}}.",
    ),
    "no-value": says(
        "问题 {id} 没有分值，不能作指标。",
        "The question {id} has no value, so it cannot be an indicator.",
        mend_zh="请给每个选项写 value，或改用有分值的题型。",
        mend_en="Give every option a value, or use a kind of question that has one.",
    ),
    "engine": says(
        "计分引擎不接受：{problem}。",
        "The scoring engine refuses {problem}.",
        mend_zh="请按格式说明改正。",
        mend_en="Correct it as the format describes.",
    ),
}
