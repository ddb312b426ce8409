"""The account of a query in the terminal, line by line."""

from __future__ import annotations

from collections.abc import Iterator

from kb.search.query_explanation import ExplainedHit, ExplainedTerm, QueryExplanation


def explanation_lines(explanation: QueryExplanation) -> Iterator[str]:
    """Yield what `/explain` shows."""
    yield f"输入    {explanation.typed}"
    yield f"规范化  {explanation.text}"
    yield f"查找    {explanation.searched}"
    yield f"留下    {'、'.join(explanation.words)}"
    dropped = "、".join(f"{word.text}（{word.reason}）" for word in explanation.dropped)
    yield f"去掉    {dropped or '无'}"
    if explanation.foreign:
        yield f"别家    {'、'.join(explanation.foreign)}"
    yield "\n检索项（种类 检索项 权重 稀有度 规程数 代表的词）"
    yield from map(_term_line, explanation.terms)
    for rank, hit in enumerate(explanation.hits, 1):
        yield from _hit_lines(rank, hit)
    if explanation.why_first:
        yield f"\n第一条{explanation.why_first}"
    yield from _recognition_lines(explanation)
    yield from _confidence_lines(explanation)


def _term_line(item: ExplainedTerm) -> str:
    term = item.term
    relation = "同音" if term.by_sound else "同义"
    through = f"，{relation}：{term.synonym}" if term.synonym else ""
    return (
        f"- {term.space.label} {term.text}  {term.weight:.2f}  {item.rarity:.2f}  "
        f"{item.documents}  {item.word}{through}"
    )


def _hit_lines(rank: int, hit: ExplainedHit) -> Iterator[str]:
    parts = " + ".join(f"{part.label} {part.points:.2f}" for part in hit.parts)
    yield f"\n{rank}. {hit.title}  [{hit.id}]  {hit.score:.2f} = {parts}"
    for word in hit.words:
        shares = "、".join(
            f"{label} {points:.2f}" for label, points in word.by_field.items() if points
        )
        yield f"   {word.word} {word.total:.2f}：{shares}"


def _recognition_lines(explanation: QueryExplanation) -> Iterator[str]:
    recognition = explanation.recognition
    yield f"\n意图：领先 {recognition.lead:.2f}，别家主题 {recognition.subject or '无'}"
    for procedure_id, points in explanation.likeliest.items():
        yield f"- {procedure_id} {points:.2f}"


def _confidence_lines(explanation: QueryExplanation) -> Iterator[str]:
    if not explanation.hits:
        yield "\n没有命中：无匹配"
        return
    signs = " + ".join(
        f"{sign.label} {sign.value:.2f} × {sign.coefficient:.2f}" for sign in explanation.signs
    )
    verdict = "作答" if explanation.is_answered else "无匹配"
    yield f"\n把握：{explanation.intercept:.2f} + {signs}"
    yield f"概率 {explanation.confidence:.2f}，界线 {explanation.threshold:.2f}：{verdict}"
