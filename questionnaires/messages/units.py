from __future__ import annotations

from .message import Message, says

UNITS: dict[str, Message] = {
    # the data file of an index
    "data-encoding": says(
        "文件既不是 UTF-8 也不是 GB18030 编码的文本。",
        "The file is text in neither UTF-8 nor GB18030.",
        mend_zh="请在表格软件中另存为“CSV UTF-8（逗号分隔）”。",
        mend_en="Save it as 'CSV UTF-8 (comma delimited)' in your spreadsheet program.",
    ),
    "data-syntax": says(
        "CSV 格式有误：{problem}。",
        "This is not well-formed CSV: {problem}.",
        mend_zh="请检查本行的引号：含逗号或引号的内容要加引号，其中的引号写两遍。",
        mend_en="Check the quotes here: a cell with a comma or a quote is quoted, a quote inside is written twice.",
    ),
    "data-empty": says(
        "文件里没有任何单位。",
        "The file has no units.",
        mend_zh="请在表头下面写上各单位的数据，每个单位一行。",
        mend_en="Write the units below the header, one to a line.",
    ),
    "data-first": says(
        "第一列的表头应为 unit，实际是 {found}。",
        "The header of the first column must be unit, found {found}.",
        mend_zh="请以 unit（单位名称）为第一列，各列用逗号分隔。",
        mend_en="Put unit, the name, first, and separate columns by commas.",
    ),
    "data-column": says(
        "第 {column} 列的表头 {found} 不是本问卷的问题。",
        "The header of column {column}, {found}, is no question of this questionnaire.",
        mend_zh="{hint}请改成问题的标识，或删去这一列。",
        mend_en="{hint} Use the id of a question, or remove the column.",
    ),
    "data-column-twice": says(
        "第 {column} 列与第 {first} 列的表头相同：{found}。",
        "Columns {first} and {column} have the same header, {found}.",
        mend_zh="请只保留一列。",
        mend_en="Keep one of them.",
    ),
    "data-width": says(
        "本行有 {found} 个单元格，表头有 {expected} 个。",
        "This line has {found} cells where the header has {expected}.",
        mend_zh="请检查是否有多余或缺少的逗号；含逗号的内容要加引号。",
        mend_en="Look for a comma too many or too few; quote what contains a comma.",
    ),
    "data-unit": says(
        "本行没有单位名称。",
        "This line does not name its unit.",
        mend_zh="请在第一列写上名称。",
        mend_en="Write its name in the first column.",
    ),
    "data-unit-twice": says(
        "单位 {found} 已经在第 {first} 行出现过。",
        "The unit {found} is on line {first} already.",
        mend_zh="每个单位每年只能有一行；若是不同年份，请加上 year 列。",
        mend_en="A unit has one line a year; for several years add the column year.",
    ),
    "data-year": says(
        "{found} 不是年份。",
        "{found} is no year.",
        mend_zh="请写 1900 到 2200 之间的整数，例如 2025。",
        mend_en="Write a whole number from 1900 to 2200, such as 2025.",
    ),
    "data-number": says(
        "第 {column} 列的 {found} 不是数字。",
        "In column {column}, {found} is not a number.",
        mend_zh="请只写数字，不带单位、百分号和文字；小数点用“.”，千位分隔每三位一个逗号；没有数据时留空。",
        mend_en="Write the figure alone, without unit, percent sign or words, with a point before decimals and a comma every three "
        "digits; leave it empty where there is no figure.",
    ),
    "needs-units": says(
        "问卷 {slug} 的指标要与其他单位比较才能归一化，单独一份答卷没有得分。",
        "The indicators of {slug} are normalised among many units, so a single assessment has no score.",
        mend_zh="请用 servimeter index 计算多个单位的指数。",
        mend_en="Work out the index of many units with servimeter index.",
    ),
}
