"""A valid procedure that is written down reads back as the same parts."""

from __future__ import annotations

from hypothesis import given, settings

from kb.content import Condition, Procedure, block_hash, prose_of
from tests.content_samples import PROPERTY, parse
from tests.kb.content.reading.sketches import SKETCHES, Conditions, DeadlineRow, Row, Sketch, render


def conditions_of(condition: Condition) -> Conditions:
    return tuple((clause.key, clause.values) for clause in condition.clauses)


def sketch_of(procedure: Procedure) -> Sketch:
    """Return what the author of `procedure` must have decided."""
    return Sketch(
        title=procedure.title,
        summary=procedure.summary,
        says=procedure.says,
        keywords=procedure.keywords,
        asks=tuple((question.key, question.values) for question in procedure.asks),
        steps=tuple(
            Row(
                "",
                (step.text.raw,),
                conditions_of(step.condition),
                step.address,
                step.needs_verification,
                tuple(
                    Row(block.kind, (block.text.raw,), conditions_of(block.condition))
                    for block in step.blocks
                ),
            )
            for step in procedure.steps
        ),
        materials=tuple(
            Row(item.name, (item.requirement.raw,), conditions_of(item.condition))
            for item in procedure.materials
        ),
        notes=tuple(
            Row(note.kind, (note.text.raw,), conditions_of(note.condition), note.address)
            for note in procedure.notes
        ),
        deadlines=tuple(
            DeadlineRow(
                item.name,
                tuple((term.wording, term.starts_from) for term in item.terms),
                item.rolls_over,
                item.authority.raw,
                conditions_of(item.condition),
            )
            for item in procedure.deadlines
        ),
        follow_ups=tuple(
            Row(
                item.question,
                tuple(answer.raw for answer in item.answers),
                conditions_of(item.condition),
                item.address,
            )
            for item in procedure.follow_ups
        ),
        routes=tuple(
            Row(route.kind, (route.text.raw,), conditions_of(route.condition))
            for route in procedure.routes
        ),
    )


@settings(PROPERTY, max_examples=60)
@given(SKETCHES)
def test_a_rendered_procedure_parses_back_to_the_same_parts(sketch: Sketch) -> None:
    file = parse(render(sketch))
    assert file.faults == ()
    assert file.procedure is not None
    assert sketch_of(file.procedure) == sketch


@settings(PROPERTY, max_examples=30)
@given(SKETCHES)
def test_every_part_knows_the_line_it_came_from(sketch: Sketch) -> None:
    text = render(sketch)
    procedure = parse(text).procedure
    assert procedure is not None
    lines = text.split("\n")
    for part in procedure.parts():
        for prose in prose_of(part):
            assert prose.raw in lines[prose.line - 1].replace("\\|", "|")
    assert [part.line for part in procedure.parts()] == sorted(p.line for p in procedure.parts())


@settings(PROPERTY, max_examples=30)
@given(SKETCHES)
def test_hashes_ignore_the_lines_above(sketch: Sketch) -> None:
    text = render(sketch)
    before = parse(text).procedure
    after = parse(text.replace("\n## ", "\n\n\n## ")).procedure
    assert before is not None
    assert after is not None
    assert [block_hash(part) for part in before.parts()] == [
        block_hash(part) for part in after.parts()
    ]
