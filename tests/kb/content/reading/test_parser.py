"""A file becomes a procedure, or faults: bytes, fences, names, revision."""

from __future__ import annotations

import hashlib

import pytest

from kb.content import parse_procedure_file
from kb.content.reading import MAX_FILE_BYTES, decode_content, expected_file_names
from tests.content_samples import SAMPLE, SAMPLE_PATH, changed, collector, line_of, parse, places


def test_a_valid_file_becomes_a_procedure_with_path_and_revision() -> None:
    file = parse(SAMPLE)
    assert file.faults == ()
    assert file.procedure is file.draft is not None
    assert file.procedure.path == SAMPLE_PATH
    assert file.procedure.revision == file.revision == hashlib.sha256(SAMPLE.encode()).hexdigest()
    assert file.procedure.line_of("owner") == line_of("owner:", SAMPLE)
    assert file.procedure.line_of("replaced_by") == 1


def test_the_parts_of_a_procedure_come_in_reading_order() -> None:
    procedure = parse(SAMPLE).procedure
    assert procedure is not None
    lines = [part.line for part in procedure.parts()]
    assert lines == sorted(lines)
    addresses = [part.address for part in procedure.parts()]
    assert addresses[:5] == [
        "verify",
        "verify/必核/1",
        "verify/必说/1",
        "verify/禁说/1",
        "read-out",
    ]
    assert addresses[-2:] == ["升级与转办/1", "升级与转办/2"]


def test_a_file_with_an_error_is_kept_as_a_draft_and_never_served() -> None:
    file = parse(changed("owner: 保全运营\n", ""))
    assert file.procedure is None
    assert file.draft is not None
    assert file.draft.title == "变更联系电话"


def test_windows_line_ends_read_like_others_and_change_only_the_revision() -> None:
    file = parse(SAMPLE.replace("\n", "\r\n"))
    assert file.faults == ()
    assert file.procedure is not None
    assert file.procedure.steps == parse(SAMPLE).procedure.steps  # type: ignore[union-attr]
    assert file.revision != parse(SAMPLE).revision


def test_a_file_may_hold_just_as_many_bytes_as_allowed() -> None:
    padded = SAMPLE.encode() + b"\n" * (MAX_FILE_BYTES - len(SAMPLE.encode()))
    assert parse_procedure_file(SAMPLE_PATH, padded).faults == ()
    too_large = parse_procedure_file(SAMPLE_PATH, padded + b"\n")
    assert (places(too_large.faults), too_large.draft) == ([("file-size", 1)], None)


@pytest.mark.parametrize(
    ("data", "line"),
    [
        (b"\xef\xbb\xbf---\n", 1),
        (b"---\na: \x00\n", 2),
        (b"---\na: b\rc\n", 2),
        (b"---\n\n\x7f", 3),
        (b"---\n\n\xff\xfe", 3),
        ("---\n保全".encode("gbk"), 2),
        (b"---\n\xed\xa0\x80", 2),
    ],
)
def test_unreadable_bytes_are_reported_on_their_line(data: bytes, line: int) -> None:
    faults = collector()
    assert decode_content(data, faults) is None
    assert places(faults.faults) == [("encoding", line)]


def test_tabs_and_text_outside_the_basic_plane_are_readable() -> None:
    assert decode_content("a\tb 𠮷\r\n".encode(), collector()) == "a\tb 𠮷\n"


@pytest.mark.parametrize(
    "text", ["", "id: a\n---\n", "\n---\nid: a\n---\n", "---\nid: a\n", "----\n---\n"]
)
def test_a_file_without_both_fences_has_no_header(text: str) -> None:
    file = parse(text)
    assert (places(file.faults), file.draft) == ([("header-missing", 1)], None)


@pytest.mark.parametrize("name", ["contact-change.md", "contact-change@2026-01-01.md"])
def test_a_file_may_bear_the_plain_or_the_dated_name(name: str) -> None:
    assert name in expected_file_names("contact-change", "2026-01-01")
    assert parse(SAMPLE, f"procedures/保全/{name}").faults == ()


@pytest.mark.parametrize(
    "name", ["contact.md", "contact-change@2026-02-01.md", "contact-change.markdown"]
)
def test_another_file_name_is_a_fault_on_the_id(name: str) -> None:
    file = parse(SAMPLE, f"procedures/保全/{name}")
    assert places(file.faults) == [("id-file-name", line_of("id: ", SAMPLE))]


def test_a_file_in_the_folder_of_another_category_is_a_fault() -> None:
    file = parse(SAMPLE, "procedures/理赔/contact-change.md")
    assert places(file.faults) == [("category-folder", line_of("category:", SAMPLE))]


def test_faults_of_header_and_body_are_reported_together() -> None:
    text = changed("owner: 保全运营", "owner:", changed("- 转二线:", "- 转天上:"))
    assert {code for code, _ in places(parse(text).faults)} == {"header-missing", "route-unknown"}


@pytest.mark.parametrize("damage", ["〔示例法§6第{}款〕", "〔示例法§{}〕"])
def test_an_endless_number_in_a_citation_is_no_crash(damage: str) -> None:
    text = changed("姓名和证件号码〔示例法§6〕", "姓名" + damage.format("9" * 5000))
    assert parse(text).draft is not None
