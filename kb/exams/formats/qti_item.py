"""One exam item as the XML of a QTI 2.1 `assessmentItem`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from xml.etree.ElementTree import Element, SubElement

from kb.content.exam_item import BLANK, STAR_PARTS, Blanks, Choices, ExamItem, Rubric, Verdict
from kb.exams.formats.notes import note_lines
from kb.exams.formats.question_text import question_text

NAMESPACE = "http://www.imsglobal.org/xsd/imsqti_v2p1"
RESPONSE = "RESPONSE"
POINTS = "MAXSCORE"
TRUE, FALSE = "true", "false"
SCORER, AUTHOR = "scorer", "author"
_SCORE = "SCORE"
_FEEDBACK, _EXPLANATION = "FEEDBACK", "EXPLANATION"
_AUTHOR_NOTES = ("编号", "题型", "难度", "主题", "来源", "关联")
_TITLE_CHARS = 40


def qti_item(item: ExamItem) -> Element:
    """Return the `assessmentItem`."""
    title = item.stem.replace("\n", " ")[:_TITLE_CHARS].strip()
    root = Element(
        "assessmentItem",
        {
            "xmlns": NAMESPACE,
            "identifier": f"item-{item.id}",
            "title": title,
            "adaptive": "false",
            "timeDependent": "false",
        },
    )
    _declare_responses(root, item)
    _declare_outcome(root, _SCORE, "float", "0")
    _declare_outcome(root, POINTS, "float", str(item.points))
    if item.explanation.raw:
        _declare_outcome(root, _FEEDBACK, "identifier", None)
    _add_body(root, item)
    _add_processing(root, item)
    if item.explanation.raw:
        feedback = SubElement(
            root,
            "modalFeedback",
            outcomeIdentifier=_FEEDBACK,
            identifier=_EXPLANATION,
            showHide="show",
        )
        _add_paragraphs(feedback, item.explanation.raw)
    return root


def _declare_responses(root: Element, item: ExamItem) -> None:
    match item.solution:
        case Choices(letters):
            cardinality = "single" if item.type == "单选" else "multiple"
            _declare_response(root, RESPONSE, cardinality, "identifier", letters)
        case Verdict(is_true):
            answer = TRUE if is_true else FALSE
            _declare_response(root, RESPONSE, "single", "identifier", [answer])
        case Blanks(accepted):
            for number, texts in enumerate(accepted, 1):
                name = f"{RESPONSE}{number}"
                declaration = _declare_response(root, name, "single", "string", texts[:1])
                mapping = SubElement(declaration, "mapping", defaultValue="0")
                for text in texts:
                    SubElement(mapping, "mapEntry", mapKey=text, mappedValue="1")
        case Rubric():
            for name, _ in _fields(item):
                _declare_response(root, name, "single", "string", ())


def _declare_response(
    root: Element, name: str, cardinality: str, base_type: str, right: Iterable[str]
) -> Element:
    declaration = SubElement(
        root, "responseDeclaration", identifier=name, cardinality=cardinality, baseType=base_type
    )
    values = list(right)
    if values:
        correct = SubElement(declaration, "correctResponse")
        for value in values:
            SubElement(correct, "value").text = value
    return declaration


def _declare_outcome(root: Element, name: str, base_type: str, value: str | None) -> None:
    declaration = SubElement(
        root, "outcomeDeclaration", identifier=name, cardinality="single", baseType=base_type
    )
    if value is not None:
        SubElement(SubElement(declaration, "defaultValue"), "value").text = value


def _add_body(root: Element, item: ExamItem) -> None:
    body = SubElement(root, "itemBody")
    _add_notes(body, AUTHOR, note_lines(item, _AUTHOR_NOTES))
    if isinstance(item.solution, Rubric):
        _add_notes(body, SCORER, note_lines(item, ["采分点"]))
    _add_paragraphs(body, question_text(item), has_blanks=isinstance(item.solution, Blanks))
    match item.solution:
        case Choices():
            most = "1" if item.type == "单选" else "0"
            _add_choices(body, most, [(option.letter, option.text) for option in item.options])
        case Verdict():
            _add_choices(body, "1", [(TRUE, "对"), (FALSE, "错")])
        case Blanks():
            # They stand in the paragraphs.
            pass
        case Rubric():
            for name, prompt in _fields(item):
                field = SubElement(body, "extendedTextInteraction", responseIdentifier=name)
                if prompt:
                    SubElement(field, "prompt").text = prompt


def _fields(item: ExamItem) -> list[tuple[str, str]]:
    """Return the response and the prompt of each field of an open answer."""
    if item.type != "行为面试":
        return [(RESPONSE, "")]
    return [(f"{RESPONSE}{number}", part) for number, part in enumerate(STAR_PARTS, 1)]


def _add_choices(body: Element, most: str, choices: Sequence[tuple[str, str]]) -> None:
    interaction = SubElement(
        body, "choiceInteraction", responseIdentifier=RESPONSE, shuffle="false", maxChoices=most
    )
    for identifier, text in choices:
        _add_lines(SubElement(interaction, "simpleChoice", identifier=identifier), text)


def _add_notes(body: Element, view: str, notes: Sequence[str]) -> None:
    block = SubElement(body, "rubricBlock", view=view)
    for note in notes:
        SubElement(block, "p").text = note


def _add_paragraphs(parent: Element, text: str, has_blanks: bool = False) -> None:
    blanks = 0
    for paragraph in text.split("\n\n"):
        element = SubElement(parent, "p")
        pieces = paragraph.split(BLANK) if has_blanks else [paragraph]
        _add_lines(element, pieces[0])
        for piece in pieces[1:]:
            blanks += 1
            name = f"{RESPONSE}{blanks}"
            _add_lines(
                element, piece, SubElement(element, "textEntryInteraction", responseIdentifier=name)
            )


def _add_lines(element: Element, text: str, after: Element | None = None) -> None:
    """Put text into an element, behind its child `after` if one is given, lines parted by `br`."""
    first, *others = text.split("\n")
    if after is None:
        element.text = first
    else:
        after.tail = first
    for line in others:
        SubElement(element, "br").tail = line


def _add_processing(root: Element, item: ExamItem) -> None:
    """Say how the response becomes a score; open answers are marked by a person."""
    processing = Element("responseProcessing")
    match item.solution:
        case Choices() | Verdict():
            _score_match(processing)
        case Blanks(accepted):
            _score_blanks(processing, len(accepted))
        case Rubric():
            pass
    if item.explanation.raw:
        shown = SubElement(processing, "setOutcomeValue", identifier=_FEEDBACK)
        SubElement(shown, "baseValue", baseType="identifier").text = _EXPLANATION
    if len(processing):
        root.append(processing)


def _score_match(processing: Element) -> None:
    condition = SubElement(SubElement(processing, "responseCondition"), "responseIf")
    matched = SubElement(condition, "match")
    SubElement(matched, "variable", identifier=RESPONSE)
    SubElement(matched, "correct", identifier=RESPONSE)
    score = SubElement(condition, "setOutcomeValue", identifier=_SCORE)
    SubElement(score, "variable", identifier=POINTS)


def _score_blanks(processing: Element, count: int) -> None:
    """Each blank counts the same share of the points."""
    score = SubElement(processing, "setOutcomeValue", identifier=_SCORE)
    product = SubElement(score, "product")
    SubElement(product, "variable", identifier=POINTS)
    share = SubElement(product, "divide")
    right = SubElement(share, "sum")
    for number in range(1, count + 1):
        SubElement(right, "mapResponse", identifier=f"{RESPONSE}{number}")
    SubElement(share, "baseValue", baseType="float").text = str(count)
