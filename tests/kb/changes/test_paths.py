"""Only content files have a place in a change set."""

from __future__ import annotations

import pytest

from kb.changes import check_path
from kb.content import DATA_FILES, content_paths
from kb.errors import ChangeInvalid
from kb.settings import PACKAGED_CONTENT


def test_every_file_of_the_content_may_be_changed() -> None:
    paths = content_paths(PACKAGED_CONTENT)

    assert len(paths) > 100
    for path in (*paths, *DATA_FILES):
        check_path(path)


@pytest.mark.parametrize(
    "path",
    [
        "procedures/保全/contact-change@2027-01-01.md",
        "heard/contact-change.txt",
        "exams/surrender.md",
    ],
)
def test_a_new_version_what_was_heard_and_exam_items_may_be_added(path: str) -> None:
    check_path(path)


@pytest.mark.parametrize(
    "path",
    [
        "",
        "README.md",
        "procedures/contact-change.md",
        "procedures/保全/更多/contact-change.md",
        "procedures/../保全/contact-change.md",
        "procedures/../contact-change.md",
        "procedures/./contact-change.md",
        "procedures//contact-change.md",
        "/procedures/保全/contact-change.md",
        "../procedures/保全/contact-change.md",
        "procedures/.git/contact-change.md",
        "procedures/保全\\x/contact-change.md",
        "procedures/保全/.hidden.md",
        "procedures/保全/Contact.md",
        "procedures/保全/contact-change.MD",
        "procedures/保全/contact-change.md\n",
        "procedures/保全/contact-change.md\0",
        "procedures/保 全/contact-change.md",
        "procedures/保全/contact-change@2027.md",
        "procedures/保全/contact-change@2027-01-01@2028-01-01.md",
        "procedures/保全/" + "a" * 200 + ".md",
        "heard/../x.txt",
        "heard/x/y.txt",
        "heard/X.txt",
        "exams/X.md",
        "exams/x/y.md",
        "exams/../x.md",
        "exams/x.txt",
        "exams/x@2027-01-01.md",
        "lexicon/other.txt",
        "calendar.yaml/",
        "content/calendar.yaml",
        ".git/config",
        "C:procedures/保全/x.md",
    ],
)
def test_any_other_path_is_refused(path: str) -> None:
    with pytest.raises(ChangeInvalid):
        check_path(path)
