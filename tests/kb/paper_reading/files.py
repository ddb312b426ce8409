"""Makes the files in which papers arrive. No item here is a real company's."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO

import docx
from docx.document import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from openpyxl import Workbook

TEMPLATE_HEAD = (
    *("题型", "题干", "选项A", "选项B", "选项C", "选项D", "答案", "解析", "分值", "难度", "知识点"),
)
TEMPLATE_ROWS = (
    *(
        (
            "单选题",
            "退保先做什么？",
            "核身",
            "挂断",
            "转线",
            "",
            "A",
            "先核对身份。",
            2,
            "易",
            "退保",
        ),
        (
            "多选题",
            "代办带哪些材料？",
            "委托书",
            "身份证件",
            "彩票",
            "户口本",
            "A,B",
            "",
            3,
            "中",
            "退保；代办",
        ),
        ("判断题", "可以承诺理赔结果。", "正确", "错误", "", "", "B", "不得承诺。", 1, "一般", ""),
        ("填空题", "____日内退还现金价值。", "", "", "", "", "30|三十", "", 2, "", ""),
        (
            "简答题",
            "简述核身的步骤。",
            "",
            "",
            "",
            "",
            "先问姓名，再核对证件号码。",
            "",
            5.5,
            "较难",
            "",
        ),
    ),
)


def workbook(*sheets: Sequence[Sequence[object]]) -> bytes:
    """Return an .xlsx with these sheets of rows."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for rows in sheets:
        sheet = book.create_sheet()
        for row in rows:
            sheet.append(list(row))
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def template() -> bytes:
    """Return a filled-in template of a training platform."""
    return workbook((("题库导入模板",), (), TEMPLATE_HEAD, *TEMPLATE_ROWS))


def numbered_document() -> bytes:
    """Return a .docx whose numbers and letters the office program writes."""
    document = docx.Document()
    _add_list_kind(document, "90", "decimal", "%1.")
    _add_list_kind(document, "91", "upperLetter", "%1．")
    _add_list_kind(document, "92", "chineseCounting", "%1、")
    _add_list(document, "900", "90")
    _add_list(document, "920", "92")
    _add_paragraph(document, "单选题（共2题，每题2分）", "920")
    questions = (("退保先做什么？", ("核身", "挂断")), ("谁领取现金价值？", ("投保人", "销售人员")))
    for at, (stem, options) in enumerate(questions):
        _add_paragraph(document, stem, "900")
        _add_list(document, f"91{at}", "91", restarts=True)
        for option in options:
            _add_paragraph(document, option, f"91{at}")
    _add_paragraph(document, "判断题（共1题）", "920")
    document.add_paragraph("1.可以承诺结果。（×）")
    document.sections[0].footer.paragraphs[0].text = "内部培训用"
    return saved(document)


def _add_list_kind(document: Document, kind: str, style: str, text: str) -> None:
    element = parse_xml(
        f'<w:abstractNum {nsdecls("w")} w:abstractNumId="{kind}"><w:lvl w:ilvl="0">'
        f'<w:start w:val="1"/><w:numFmt w:val="{style}"/><w:lvlText w:val="{text}"/>'
        "</w:lvl></w:abstractNum>"
    )
    document.part.numbering_part.element.insert(0, element)


def _add_list(document: Document, number_id: str, kind: str, *, restarts: bool = False) -> None:
    again = (
        '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>' if restarts else ""
    )
    element = parse_xml(
        f'<w:num {nsdecls("w")} w:numId="{number_id}">'
        f'<w:abstractNumId w:val="{kind}"/>{again}</w:num>'
    )
    document.part.numbering_part.element.append(element)


def _add_paragraph(document: Document, text: str, number_id: str) -> None:
    properties = document.add_paragraph(text)._p.get_or_add_pPr()
    properties.append(
        parse_xml(
            f'<w:numPr {nsdecls("w")}><w:ilvl w:val="0"/><w:numId w:val="{number_id}"/></w:numPr>'
        )
    )


def table_document() -> bytes:
    """Return a .docx whose items stand in a table, with answers to text below it."""
    document = docx.Document()
    document.add_paragraph("客服测试")
    rows = (("题型", "题目", "A", "B", "正确答案"), ("单选", "先做什么？", "核身", "挂断", "A"))
    table = document.add_table(len(rows), len(rows[0]))
    for row, cells in zip(table.rows, rows, strict=True):
        for cell, text in zip(row.cells, cells, strict=True):
            cell.text = text
    for text in ("二、判断题", "1.可以承诺结果。", "答案：错"):
        document.add_paragraph(text)
    return saved(document)


def saved(document: Document) -> bytes:
    """Return the file of a document."""
    file = BytesIO()
    document.save(file)
    return file.getvalue()


GIFT = """// 练习
$CATEGORY: 退保

::先后:: 退保先做什么？ {
  =核身#先核对身份
  ~挂断
  ~转线
####办理前核对身份。
}

::材料:: 代办带哪些？ {~%50%委托书 ~%50%身份证件 ~%-100%彩票}

可以承诺结果。{F}

退保后 {=30 =三十} 日内退还。

手续费的比例是 a\\=b 吗？{}

::配对:: 配一配 {=甲 -> 一 =乙 -> 二}
"""

MOODLE = """<?xml version="1.0" encoding="UTF-8"?>
<quiz>
<question type="category"><category><text>退保</text></category></question>
<question type="multichoice"><name><text>一</text></name>
<questiontext format="html"><text><![CDATA[<p>退保先做什么？</p>]]></text></questiontext>
<generalfeedback><text>先核对身份。</text></generalfeedback>
<defaultgrade>2.0</defaultgrade>
<single>true</single>
<answer fraction="100"><text>核身</text></answer>
<answer fraction="0"><text>挂断 &amp;amp; 转线</text></answer>
<tags><tag><text>退保</text></tag></tags></question>
<question type="multichoice"><questiontext><text>带哪些？</text></questiontext>
<single>false</single>
<answer fraction="50"><text>委托书</text></answer>
<answer fraction="50"><text>证件</text></answer>
<answer fraction="-100"><text>彩票</text></answer>
</question>
<question type="truefalse"><questiontext><text>可以承诺。</text></questiontext>
<answer fraction="0"><text>true</text></answer>
<answer fraction="100"><text>false</text></answer>
</question>
<question type="shortanswer"><questiontext><text>____日内退还。</text></questiontext>
<answer fraction="100"><text>30</text></answer>
<answer fraction="100"><text>三十</text></answer>
</question>
<question type="essay"><questiontext><text>简述核身。</text></questiontext>
<graderinfo><text>先问姓名。</text></graderinfo></question>
<question type="matching"><questiontext><text>配一配</text></questiontext></question>
</quiz>
"""
