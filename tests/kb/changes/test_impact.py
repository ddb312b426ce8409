"""What a change touches is found, with everything that links to it."""

from __future__ import annotations

import json

import pytest

from kb.changes import Touch
from kb.changes.citing import touched_citations
from kb.changes.impact import (
    Impact,
    TouchedCitation,
    TouchedItem,
    TouchedPart,
    TouchedProcedure,
    TouchedQuery,
)
from kb.changes.pinned_items import touched_items
from kb.changes.tracing import (
    changed_versions,
    linking_places,
    touched_parts,
    touched_procedure,
)
from kb.content import read_pack
from tests.content_samples import (
    LINKED,
    LINKED_PATH,
    REGISTER,
    SAMPLE,
    SAMPLE_PATH,
    changed,
    line_of,
    sample_files,
)
from tests.exam_samples import EXAM, EXAM_PATH, exam_files, hash_at

NEXT_PATH = "procedures/保全/contact-change@2027-01-01.md"
NEXT = changed("effective_from: 2026-01-01", "effective_from: 2027-01-01")
DESK = "phrases: {开场: address-change#collect}\n"


def traced(changes: dict[str, str | None]) -> tuple[list[TouchedProcedure], list[TouchedPart]]:
    """Return what is touched when the sample content is changed so."""
    files = sample_files() | {"desk.yaml": DESK.encode()}
    before = read_pack(files)
    new = {path: text.encode() for path, text in changes.items() if text is not None}
    gone = {path for path, text in changes.items() if text is None}
    after = read_pack({path: data for path, data in (files | new).items() if path not in gone})
    pairs, places = list(changed_versions(before, after)), linking_places(after)
    return (
        [touched_procedure(pair, places) for pair in pairs],
        [part for pair in pairs for part in touched_parts(pair, places)],
    )


def citations(changes: dict[str, str]) -> list[TouchedCitation]:
    before = read_pack(sample_files())
    new = {path: text.encode() for path, text in changes.items()}
    after = read_pack(sample_files() | new)
    return touched_citations(changed_versions(before, after), before, after)


def test_nothing_is_touched_when_nothing_changes() -> None:
    assert traced({SAMPLE_PATH: SAMPLE}) == ([], [])
    assert citations({SAMPLE_PATH: SAMPLE}) == []


@pytest.mark.parametrize(
    ("changes", "touch"),
    [
        ({SAMPLE_PATH: changed("核身后当场登记", "核身后登记")}, Touch.CHANGED),
        (
            {SAMPLE_PATH: changed("review_by:", "effective_until: 2026-06-30\nreview_by:")},
            Touch.RETIRED,
        ),
        ({SAMPLE_PATH: None}, Touch.REMOVED),
        ({NEXT_PATH: NEXT}, Touch.ADDED),
    ],
)
def test_a_version_is_told_with_what_happens_to_it(
    changes: dict[str, str | None], touch: Touch
) -> None:
    ((procedure,), _) = traced(changes)

    assert (procedure.id, procedure.title) == ("contact-change", "变更联系电话")
    assert procedure.touch is touch
    assert procedure.path == next(iter(changes))


def test_what_links_to_a_procedure_is_told() -> None:
    ((procedure,), _) = traced({LINKED_PATH: LINKED.replace("信寄错地方了", "信寄错了")})

    related = f"{SAMPLE_PATH}:{line_of('related:', SAMPLE)}"
    assert procedure.linked_from == (related,)


def test_what_links_to_a_changed_step_is_told() -> None:
    _, parts = traced({LINKED_PATH: LINKED.replace("记下新地址。", "记下新旧地址。")})

    step = f"{SAMPLE_PATH}:{line_of('address-change#collect', SAMPLE)}"
    assert parts == [
        TouchedPart(
            "address-change", "collect", "步骤", Touch.CHANGED, False, ("desk.yaml:1", step)
        )
    ]


def test_an_anchor_that_is_gone_is_told_with_what_still_links_there() -> None:
    _, parts = traced({LINKED_PATH: LINKED.replace("{#collect}", "{#note-down}")})

    gone, new = parts
    assert (gone.address, gone.touch, len(gone.linked_from)) == ("collect", Touch.REMOVED, 2)
    assert (new.address, new.touch, new.linked_from) == ("note-down", Touch.ADDED, ())


@pytest.mark.parametrize(
    ("old", "new", "touched"),
    [
        ("| 变更申请书 |", "| 新申请书 |", ["删除 所需材料/变更申请书", "新增 所需材料/新申请书"]),
        ("| 5工作日 |", "| 3工作日 |", ["修改 时效/告知结果"]),
        ("必记: 报出的", "必记: ", ["修改 read-out", "修改 read-out/必记/1"]),
        ("只核对，", "先核对，", ["修改 no-read-out"]),
        ("登记后当天生效", "当天生效", ["修改 when"]),
        ("系统登记不上。", "登记不上。", ["修改 升级与转办/1"]),
        ("核身后当场登记", "核身后登记", []),
    ],
)
def test_the_parts_that_say_something_else_are_told(old: str, new: str, touched: list[str]) -> None:
    _, parts = traced({SAMPLE_PATH: changed(old, new)})

    assert [f"{part.touch} {part.address}" for part in parts] == touched


def test_a_new_version_is_compared_with_the_one_before_it() -> None:
    _, parts = traced({NEXT_PATH: changed("| 5工作日 |", "| 3工作日 |", NEXT)})

    assert [(part.address, part.touch) for part in parts] == [("时效/告知结果", Touch.CHANGED)]


def test_all_parts_of_a_deleted_procedure_are_gone() -> None:
    _, parts = traced({LINKED_PATH: None})

    assert [(part.address, part.touch) for part in parts] == [
        ("collect", Touch.REMOVED),
        ("as-told", Touch.REMOVED),
    ]
    assert [part.label for part in parts] == ["步骤", "合规提示·提示"]
    assert [part.is_guarded for part in parts] == [False, True]


def test_citations_that_come_and_go_are_told() -> None:
    text = changed("只核对，不代报〔示例法§6〕", "只核对，不代报〔示例标准§3.1.2〕")
    kept = changed("不能〔示例法§16〕。", "不能〔公司规定〕。")

    assert citations({SAMPLE_PATH: text}) == [
        TouchedCitation("示例标准§3.1.2", Touch.ADDED, ("contact-change",))
    ]
    # Other parts cite the article still.
    assert citations({SAMPLE_PATH: kept}) == []
    without = SAMPLE.replace("〔示例法§6〕", "〔公司规定〕")
    assert citations({SAMPLE_PATH: without}) == [
        TouchedCitation("示例法§6", Touch.REMOVED, ("contact-change",))
    ]


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("只收必要的信息。", "只收集必要的信息。", ["示例法§6"]),
        ("title: 示例法全称", "title: 示例法新称", ["示例法§16", "示例法§6"]),
        ("until: 2019-12-31}", "until: 2019-12-30}", ["示例法§16", "示例法§6"]),
        ("已经废止。", "早已废止。", []),
        ("示例法:\n  title: 示例法全称", "\n示例法:\n  title: 示例法全称", []),
    ],
)
def test_articles_whose_entry_changes_are_told_with_who_cites_them(
    old: str, new: str, told: list[str]
) -> None:
    assert old in REGISTER
    found = citations({"regulations.yaml": REGISTER.replace(old, new, 1)})

    assert [item.citation for item in found] == told
    assert {item.touch for item in found} <= {Touch.CHANGED}
    assert {item.procedures for item in found} <= {("contact-change",)}


def items(changes: dict[str, str | None]) -> list[TouchedItem]:
    """Return the exam items that are touched when the sample content is changed so."""
    files = sample_files() | exam_files()
    before = read_pack(files)
    for path, text in changes.items():
        if text is None:
            del files[path]
        else:
            files[path] = text.encode()
    after = read_pack(files)
    return list(touched_items(changed_versions(before, after), after))


MUST_SAY = "   - 必说: 变更要由投保人提出。 {来电人=被保险人|受益人}\n"
CHANGED = changed("变更要由投保人提出。", "变更要由投保人本人提出。")


def test_an_item_pinned_to_a_changed_part_is_named_without_its_words() -> None:
    (item,) = items({SAMPLE_PATH: CHANGED})
    assert item == TouchedItem(
        id="contact-1",
        bank="练习",
        type="单选",
        place=f"{EXAM_PATH}:{line_of('## 单选', EXAM)}",
        touch=Touch.CHANGED,
        effective_from="2026-01-01",
        pinned_to=("contact-change#verify/必说/1",),
    )


def test_explanations_that_link_to_a_part_are_among_what_links_to_it() -> None:
    places = linking_places(read_pack(sample_files() | exam_files()))
    line = line_of("- 解析: 变更要由投保人提出", EXAM)
    assert places["contact-change", "verify/必说/1"] == (f"{EXAM_PATH}:{line}",)


def test_items_of_exams_are_named_too() -> None:
    (item,) = items({SAMPLE_PATH: changed("家人的号码 {", "家里人的号码 {")})
    assert (item.id, item.bank) == ("contact-7", "考试")


def test_an_item_pinned_to_a_removed_part_is_named() -> None:
    (item,) = items({SAMPLE_PATH: changed(MUST_SAY, "")})
    assert (item.id, item.touch) == ("contact-1", Touch.REMOVED)


@pytest.mark.parametrize(
    "text",
    [
        changed(MUST_SAY, f"   - 必说: 先问来意。\n{MUST_SAY}"),
        changed("{#verify}", "{#check-first}"),
        changed("“尾号是这几位吗？”", "“尾号对吗？”"),
        changed("title: 变更联系电话", "title: 换联系电话"),
    ],
)
def test_a_part_that_moved_or_another_part_touches_no_item(text: str) -> None:
    assert items({SAMPLE_PATH: text}) == []


def test_an_item_that_is_confirmed_in_the_same_change_is_not_touched() -> None:
    digits, new = hash_at("verify/必说/1"), hash_at("verify/必说/1", CHANGED)
    assert items({SAMPLE_PATH: CHANGED, EXAM_PATH: EXAM.replace(digits, new)}) == []


def test_an_item_that_was_stale_already_is_not_named_again() -> None:
    stale = EXAM.replace(hash_at("verify/必说/1"), "0" * 16)
    assert items({SAMPLE_PATH: CHANGED, EXAM_PATH: stale}) == []


def test_a_version_to_come_touches_the_items_from_its_day_on() -> None:
    (item,) = items({NEXT_PATH: changed("变更要由投保人提出。", "由本人提出。", NEXT)})
    assert (item.id, item.effective_from) == ("contact-1", "2027-01-01")


def test_a_procedure_that_ends_or_is_deleted_touches_all_its_items() -> None:
    review = "review_by: 2026-12-31"
    ended = items({SAMPLE_PATH: changed(review, f"effective_until: 2026-08-31\n{review}")})
    deleted = items({SAMPLE_PATH: None})
    assert len(ended) == len(deleted) == 7
    assert {item.touch for item in ended} == {Touch.RETIRED}
    assert {item.touch for item in deleted} == {Touch.REMOVED}


def test_deleting_a_version_to_come_leaves_what_is_in_force() -> None:
    files = sample_files() | exam_files()
    before, after = read_pack(files | {NEXT_PATH: NEXT.encode()}), read_pack(files)
    assert list(touched_items(changed_versions(before, after), after)) == []


def test_an_impact_is_read_as_it_was_written() -> None:
    impact = Impact(
        (TouchedProcedure("a", "标题", "p", "2026-01-01", Touch.RETIRED, ("x:1",)),),
        (TouchedPart("a", "时效/x", "时效", Touch.REMOVED, False, ()),),
        (TouchedCitation("示例法§6", Touch.ADDED, ("a", "b")),),
        (TouchedQuery("换号", (), ("a",)),),
        12,
        (
            TouchedItem(
                "a-1", "练习", "单选", "exams/a.md:7", Touch.CHANGED, "2026-01-01", ("a#x",)
            ),
        ),
    )

    assert Impact.from_json(impact.to_json()) == impact
    assert Impact.from_json(Impact().to_json()) == Impact()


def test_an_impact_from_before_there_were_exam_items_has_none() -> None:
    row = json.loads(Impact(queries_compared=3).to_json())
    del row["items"]
    assert Impact.from_json(json.dumps(row)) == Impact(queries_compared=3)
