from __future__ import annotations

from .message import Message, says

READING: dict[str, Message] = {
    # the outer form of a file
    "missing-file": says(
        "找不到文件 {name}。",
        "The file {name} is missing.",
        mend_zh="请新建该文件，或从引用处去掉它。",
        mend_en="Create it, or remove what refers to it.",
    ),
    "not-utf8": says(
        "文件不是 UTF-8 编码。",
        "The file is not encoded in UTF-8.",
        mend_zh="请在编辑器中另存为 UTF-8。",
        mend_en="Save it as UTF-8 in your editor.",
    ),
    "too-large": says(
        "文件太大或嵌套太深，上限为 {limit}。",
        "The file is too large or too deep; the limit is {limit}.",
        mend_zh="请拆成几个较小的文件。",
        mend_en="Split it into smaller files.",
    ),
    "yaml-syntax": says(
        "语法错误：{problem}。",
        "Syntax error: {problem}.",
        mend_zh="请检查本行及上一行的缩进、引号和冒号；含“: ”或“ #”的文字要加引号。",
        mend_en="Check indentation, quotes and colons here and on the line before; quote text that contains ': ' or ' #'.",
    ),
    "yaml-documents": says(
        "一个文件只能有一份内容，这里开始了第二份（---）。",
        "A file holds one document; a second one (---) begins here.",
        mend_zh="请删去“---”及其后的内容。",
        mend_en="Remove the '---' and what follows.",
    ),
    "yaml-alias": says(
        "不允许使用锚点（&）和别名（*）。",
        "Anchors (&) and aliases (*) are not allowed.",
        mend_zh="请把内容写全；若是文字以 & 或 * 开头，请加引号。",
        mend_en="Write the content out; quote text that begins with & or *.",
    ),
    "yaml-tag": says(
        "不允许使用类型标记（!）。",
        "Type tags (!) are not allowed.",
        mend_zh="请删去标记；若是文字以 ! 开头，请加引号。",
        mend_en="Remove the tag; quote text that begins with an exclamation mark.",
    ),
    "yaml-key": says(
        "键只能是单个词。",
        "A key must be a single word.",
        mend_zh="请把键改成文字，不要用列表或键值对作键。",
        mend_en="Use a word, not a list or a mapping, as the key.",
    ),
    "duplicate-key": says(
        "键 {key} 重复，第 {first} 行已有。",
        "The key {key} is given twice, first on line {first}.",
        mend_zh="请只保留一处。",
        mend_en="Keep one of them.",
    ),
    # keys and values
    "unknown-key": says(
        "这里没有名为 {key} 的键。",
        "There is no key {key} here.",
        mend_zh="{hint}请改正拼写或删去。",
        mend_en="{hint} Correct the spelling or remove it.",
    ),
    "missing-key": says(
        "缺少键 {key}（应为{expected}）。",
        "The key {key} is missing (expected: {expected}).",
        mend_zh="请补上 {key}。",
        mend_en="Add {key}.",
    ),
    "wrong-type": says(
        "应为{expected}，实际是{found}。",
        "Expected {expected}, found {found}.",
        mend_zh="请按所需类型改写；应为文字的数字请加引号。",
        mend_en="Rewrite it as that type; put quotes around a number that is meant as text.",
    ),
    "bad-word": says(
        "{found}不在可选值之内：{expected}。",
        "{found} is none of: {expected}.",
        mend_zh="{hint}请选用其中之一。",
        mend_en="{hint} Use one of them.",
    ),
    "bad-id": says(
        "{found} 不合格式，应为{expected}。",
        "{found} has the wrong form; expected {expected}.",
        mend_zh="请按格式改写，并同步修改引用它的地方。",
        mend_en="Rewrite it, and everything that refers to it.",
    ),
    "bad-date": says(
        "{found} 不是有效的日期，应为{expected}。",
        "{found} is no valid date; expected {expected}.",
        mend_zh="请改成实际存在的日期。",
        mend_en="Give a date that exists.",
    ),
    "out-of-range": says(
        "{found} 超出范围：{expected}。",
        "{found} is out of range: {expected}.",
        mend_zh="请改成范围内的数。",
        mend_en="Give a number within the range.",
    ),
    "too-few": says(
        "列表有 {found} 项，应为 {expected} 项（或更多）。",
        "The list has {found} members where {expected} (or more) are expected.",
        mend_zh="请补齐。",
        mend_en="Complete it.",
    ),
    "missing-translation": says(
        "缺少 {lang} 文本。",
        "The {lang} text is missing.",
        mend_zh="请补上 {lang}: …，中英文都要有。",
        mend_en="Add {lang}: …; both languages are required.",
    ),
    "empty-text": says(
        "文本 {lang} 是空的。",
        "The text {lang} is empty.",
        mend_zh="请写上内容，或删去整个键。",
        mend_en="Write it, or remove the whole key.",
    ),
    # the folder
    "stray-file": says(
        "文件 {name} 不属于本问卷：sections 没有列出它。",
        "The file {name} does not belong here: sections does not list it.",
        mend_zh="请把它列入 questionnaire.yaml 的 sections，或移走。",
        mend_en="List it under sections in questionnaire.yaml, or move it away.",
    ),
    "folder-name": says(
        "{key} 是 {found}，但文件夹名是 {expected}。",
        "The {key} is {found} but the folder is called {expected}.",
        mend_zh="请让两者一致。",
        mend_en="Make the two agree.",
    ),
    "file-name": says(
        "分节的标识是 {found}，但文件名是 {expected}.yaml。",
        "The section's id is {found} but the file is called {expected}.yaml.",
        mend_zh="请让两者一致。",
        mend_en="Make the two agree.",
    ),
    "published-changed": says(
        "{slug} {version} 已经发布，其文件此后有改动（摘要 {found}，登记为 {expected}）。",
        "{slug} {version} is published and its files have changed since (digest {found}, on record {expected}).",
        mend_zh="请恢复原样，把改动写进新版本。",
        mend_en="Restore the files and make the change in a new version.",
    ),
    "published-missing": says(
        "{slug} {version} 已经发布，但找不到它的文件夹。",
        "{slug} {version} is published but its folder is gone.",
        mend_zh="请恢复该文件夹；发布过的版本要一直保留。",
        mend_en="Restore the folder; a published version is kept for good.",
    ),
    "bad-lock": says(
        "发布登记这一行应为“名称 版本 摘要”。",
        "A line of the lock must read 'slug version digest'.",
        mend_zh="请恢复该行，不要手工编辑此文件。",
        mend_en="Restore the line; this file is not edited by hand.",
    ),
}
