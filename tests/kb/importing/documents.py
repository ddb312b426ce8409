"""Documents to import: a short service standard as an office program writes it, and hostile ones.

Nothing here is a real company's rule.
"""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from io import BytesIO

import docx
from docx.document import Document

NAMESPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
BODY = "word/document.xml"

LAUGHS = f"""<?xml version="1.0"?>
<!DOCTYPE w:document [<!ENTITY a "哈哈"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;">]>
<w:document xmlns:w="{NAMESPACE}"><w:body><w:p><w:r><w:t>&c;</w:t></w:r></w:p></w:body>
</w:document>"""

TITLE = "示例中心电话接听服务标准"


def standard() -> bytes:
    """Return a .docx with headings, lists, tables, a header and a footer."""
    document = docx.Document()
    document.add_heading(TITLE, 0)
    document.sections[0].header.paragraphs[0].text = "内部资料"
    document.sections[0].footer.paragraphs[0].text = "第三版"
    document.add_heading("一、目的", 1)
    document.add_paragraph("统一接听的做法，让客户少等。任何情况下不得与客户争执。")
    document.add_heading("二、接听流程", 1)
    for text in (
        "铃响三声内接起，报出工号。",
        "问清来意。应当询问客户的姓氏，并复述要点。不能确定的，可以说：“我查清楚再回您电话。”",
        "登记并约定回复。必须记录客户的原话。不得承诺处理结果。回复不超过3个工作日。",
    ):
        document.add_paragraph(text, style="List Number")
    document.add_paragraph("登记用统一的工单。", style="List Bullet 2")
    document.add_heading("三、转接", 1)
    document.add_paragraph("先告知客户要转给谁。转接后向同事说明客户的情况。")
    _add_table(
        document, ("序号", "材料名称", "要求"), ("1", "申请书", "签名"), ("2", "身份证件", "")
    )
    _add_table(document, ("事项", "时限"), ("回复咨询", "当日"), ("回复投诉", "5个工作日"))
    _add_table(document, ("岗位", "人数"), ("早班", "六人"))
    return saved(document)


def _add_table(document: Document, *rows: tuple[str, ...]) -> None:
    table = document.add_table(len(rows), len(rows[0]))
    for row, cells in zip(table.rows, rows, strict=True):
        for cell, text in zip(row.cells, cells, strict=True):
            cell.text = text


def saved(document: Document) -> bytes:
    """Return the file of a document."""
    file = BytesIO()
    document.save(file)
    return file.getvalue()


def package(parts: Mapping[str, bytes | str], compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    """Return a zip archive of some parts."""
    file = BytesIO()
    with zipfile.ZipFile(file, "w", compression) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return file.getvalue()


def word_xml(body: str) -> str:
    """Return the part of a .docx that holds its body."""
    return f'<w:document xmlns:w="{NAMESPACE}"><w:body>{body}</w:body></w:document>'


def paragraph(*runs: str) -> str:
    """Return a paragraph of runs of text."""
    words = "".join(f"<w:r><w:t>{text}</w:t></w:r>" for text in runs)
    return f"<w:p>{words}</w:p>"


def word_file(body: str, **parts: str) -> bytes:
    """Return a .docx with this body, and further parts by the names of their files."""
    others = {f"word/{name}.xml": text for name, text in parts.items()}
    return package({BODY: word_xml(body), **others})
