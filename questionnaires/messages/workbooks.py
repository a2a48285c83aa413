from __future__ import annotations

from .message import Message, says

WORKBOOKS: dict[str, Message] = {
    "workbook-large": says(
        "文件有 {size}，超过 {limit}。",
        "The file has {size}, more than {limit}.",
        mend_zh="填好的工作簿不到 1 MB。请从网站重新下载，只填答案，不插入图片。",
        mend_en="A filled-in workbook has less than 1 MB. Download it again and fill in answers only, without pictures.",
    ),
    "workbook-old": says(
        "这是 Excel 97–2003（.xls）或加了密码的文件。",
        "This is a file of Excel 97–2003 (.xls) or one with a password.",
        mend_zh="请去掉密码，另存为“Excel 工作簿（.xlsx）”再上传。",
        mend_en="Remove the password and save it as an Excel workbook (.xlsx).",
    ),
    "workbook-kind": says(
        "这不是 .xlsx 工作簿，或者文件不完整。",
        "This is no .xlsx workbook, or the file is not complete.",
        mend_zh="请上传从网站下载、填好后保存为 .xlsx 的那个文件。",
        mend_en="Upload the file that you downloaded here, filled in and saved as .xlsx.",
    ),
    "workbook-broken": says(
        "工作簿打不开（{problem}）。",
        "The workbook cannot be opened ({problem}).",
        mend_zh="请用 Excel、WPS 或 LibreOffice 打开并另存为 .xlsx，或重新下载后再填。",
        mend_en="Open it in Excel, WPS or LibreOffice and save it as .xlsx, or download it again.",
    ),
    "workbook-bomb": says(
        "文件解开后过大，或含有工作簿里不应有的内容，没有读取。",
        "Unpacked, the file is too large, or it holds what no workbook holds; it was not read.",
        mend_zh="请重新下载，只填答案。",
        mend_en="Download it again and fill in answers only.",
    ),
    "workbook-macros": says(
        "工作簿含有宏，没有读取。",
        "The workbook holds macros; it was not read.",
        mend_zh="请另存为不含宏的“Excel 工作簿（.xlsx）”。",
        mend_en="Save it as an Excel workbook without macros (.xlsx).",
    ),
    "workbook-stamp": says(
        "这不是从这里下载的工作簿：里面没有版本信息。",
        "This workbook was not downloaded here: it does not say which version it is.",
        mend_zh="请下载本问卷的工作簿，把答案填进去。不要把工作表复制到新文件里。",
        mend_en="Download this questionnaire's workbook and fill that in. Do not copy its sheets into a new file.",
    ),
    "workbook-version": says(
        "工作簿是 {slug} {version} 的，这里没有这个版本，或内容不同（现有：{known}）。",
        "The workbook is of {slug} {version}, which is not here or differs (known: {known}).",
        mend_zh="请下载现在这份评价的工作簿，把答案抄过去。",
        mend_en="Download the workbook of this assessment and copy your answers into it.",
    ),
    "workbook-assessment": says(
        "这份工作簿是为另一家企业、另一年度或另一份评价下载的（{found}）。",
        "This workbook was downloaded for another enterprise, year or assessment ({found}).",
        mend_zh="请到那份评价里上传，或下载这份评价的工作簿。",
        mend_en="Upload it there, or download the workbook of this assessment.",
    ),
    "workbook-sheet": says(
        "没有工作表“{sheet}”。",
        "There is no sheet “{sheet}”.",
        mend_zh="{hint}工作表不能改名或删除；请恢复原名，或重新下载。",
        mend_en="{hint} Sheets cannot be renamed or deleted: give it its name back, or download again.",
    ),
    "workbook-merged": says(
        "{place} 有合并的单元格：{ranges}。",
        "There are merged cells at {place}: {ranges}.",
        mend_zh="请取消合并，每格填一个答案。",
        mend_en="Unmerge them; each cell holds one answer.",
    ),
    "workbook-row": says(
        "工作表“{place}”缺少一行：{row}。",
        "A row is missing on the sheet “{place}”: {row}.",
        mend_zh="行不能删除；请重新下载工作簿，或撤销删除。",
        mend_en="Rows cannot be deleted: undo that, or download the workbook again.",
    ),
    "workbook-twice": says(
        "{place}：第 {first} 行和第 {second} 行是同一题。",
        "{place}: rows {first} and {second} are the same question.",
        mend_zh="请删去复制出来的一行。",
        mend_en="Delete the copied row.",
    ),
    "workbook-formula": says(
        "{place} 是公式。",
        "{place} holds a formula.",
        mend_zh="请复制该格，用“选择性粘贴—数值”粘贴成数值。",
        mend_en="Copy the cell and paste it as a value (Paste Special, Values).",
    ),
    "workbook-error": says(
        "{place} 是错误值 {found}。",
        "{place} holds the error value {found}.",
        mend_zh="请改成正确的数值，或留空。",
        mend_en="Put in the right value, or leave it blank.",
    ),
    "workbook-percent": says(
        "{place} 是百分比格式，而这一格的单位是{unit}。",
        "{place} has a percent format, but its unit is {unit}.",
        mend_zh="请把单元格格式改为“数值”，再核对数字。",
        mend_en="Set its format to Number and check the figure.",
    ),
    "workbook-option": says(
        "{place} 的“{found}”不在选项之内。",
        "“{found}” at {place} is none of the options.",
        mend_zh="{hint}请从下拉列表中选择。",
        mend_en="{hint} Choose from the list.",
    ),
    "workbook-date": says(
        "{place} 的“{found}”不是日期。",
        "“{found}” at {place} is no date.",
        mend_zh="请按 2025-03-01 的样子填写。",
        mend_en="Write it like 2025-03-01.",
    ),
    "workbook-long": says(
        "{place} 有 {found} 个字，最多 {most} 个。",
        "{place} has {found} characters; {most} are allowed.",
        mend_zh="请缩短。",
        mend_en="Shorten it.",
    ),
    "workbook-both": says(
        "{place} 填了不适用的理由，同时又填了答案。",
        "{place} gives a reason for “not applicable”, and there is an answer too.",
        mend_zh="请删去其中一个。",
        mend_en="Delete one of the two.",
    ),
    "workbook-degree": says(
        "{place} 填了达到程度，却没有选等级。",
        "{place} says how far a level is met, but no level is chosen.",
        mend_zh="请在左边一格选等级，或删去程度。",
        mend_en="Choose the level in the cell on its left, or delete the degree.",
    ),
    "figure-separators": says(
        "{place}：“{typed}”的分隔符位置不对。",
        "{place}: the separators in “{typed}” are misplaced.",
        mend_zh="每三位一个逗号，小数点只有一个。",
        mend_en="A comma every three digits, and one decimal point.",
    ),
    "figure-text": says(
        "{place}：“{typed}”不是数字。",
        "{place}: “{typed}” is no number.",
        mend_zh="只填数字，不带文字和单位以外的符号。",
        mend_en="Write digits only, without words or signs other than the unit.",
    ),
    "figure-whole": says(
        "{place} 应是整数。",
        "{place} must be a whole number.",
        mend_zh="请填整数。",
        mend_en="Write a whole number.",
    ),
    "figure-decimals": says(
        "{place} 的小数位太多。",
        "{place} has too many decimals.",
        mend_zh="最多保留 {decimals} 位小数。",
        mend_en="Keep at most {decimals}.",
    ),
    "figure-digits": says(
        "{place} 的位数太多。",
        "{place} has too many digits.",
        mend_zh="最多 {digits} 位有效数字。请检查单位。",
        mend_en="At most {digits} significant digits. Check the unit.",
    ),
    "figure-small": says(
        "{place} 太小。",
        "{place} is too small.",
        mend_zh="不能小于 {limit}。请检查单位和小数点。",
        mend_en="It cannot be below {limit}. Check the unit and the decimal point.",
    ),
    "figure-large": says(
        "{place} 太大。",
        "{place} is too large.",
        mend_zh="不能大于 {limit}。请检查单位和小数点。",
        mend_en="It cannot be above {limit}. Check the unit and the decimal point.",
    ),
}
