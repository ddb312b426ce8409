"""The shapes of the answers, for OpenAPI; `kb.rendering` and `kb.answer` fill them."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import AwareDatetime, BaseModel, Field

from kb.feedback import MAX_LINE_CHARS, Verdict
from kb.questions import MAX_TEXT_CHARS, MAX_TICKET_CHARS, Due, QuestionKind, QuestionState

MAX_UTTERANCES = 50
MAX_UTTERANCE_CHARS = 2000
MAX_PAIRS = 50


class Hit(BaseModel):
    """A procedure that was found."""

    id: str = Field(examples=["surrender-materials"])
    title: str = Field(examples=["退保申请材料"])
    category: str = Field(examples=["退保解约"])
    summary: str
    score: float
    block: str = Field(description="最匹配的部分的地址", examples=["list"])
    why: str = Field(description="命中原因", examples=["退保（标题）；材料（标题）"])
    snippet: str
    weak: bool = Field(description="没有把握时为真：只是沾边")
    suspended: bool = Field(description="规程或其中步骤暂停使用：转二线")
    review_overdue: bool = Field(description="复审日已过；逾期太久的排在相近的规程后面")
    effective_from: str = Field(examples=["2026-01-01"])


class Elsewhere(BaseModel):
    """The business of others about which an unanswered query seems to be."""

    subject: str = Field(examples=["社会养老保险与退休金"])
    handled_by: str = Field(description="由谁办理", examples=["社会保险经办机构"])


class SearchBody(BaseModel):
    """What a query found."""

    query: str = Field(description="已遮盖身份信息的检索词")
    took_ms: float = Field(description="处理器毫秒")
    answered: bool = Field(description="最佳结果是否可以作答")
    confidence: float = Field(ge=0, le=1, description="有答案的把握，按评测语句校准")
    elsewhere: Elsewhere | None
    hits: list[Hit]


class Utterance(BaseModel):
    """What one side of a call said in one go."""

    speaker: Literal["customer", "agent"] = Field("customer", description="谁说的")
    text: str = Field(
        min_length=1, max_length=MAX_UTTERANCE_CHARS, examples=["那个我想问一下扣款没成功怎么弄"]
    )


class Transcript(BaseModel):
    """The last utterances of a call."""

    utterances: list[Utterance] = Field(
        min_length=1, max_length=MAX_UTTERANCES, description="按通话的先后"
    )
    limit: int = Field(3, ge=1, le=10, description="最多几条")
    on: str = Field("", description="按哪一天的版本；默认今天")
    region: str = Field("", description="客户所在地区", examples=["深圳"])


class Pointer(BaseModel):
    """A procedure to which the call points."""

    id: str = Field(examples=["renewal-deduction-failed"])
    title: str
    summary: str
    block: str = Field(description="最匹配的部分的地址")
    words: list[str] = Field(description="由哪些话想到", examples=[["扣款", "没成功"]])
    score: float
    review_overdue: bool = Field(description="复审日已过；逾期太久的排在相近的规程后面")


class TranscriptBody(BaseModel):
    """The procedures to which the last utterances of a call point."""

    answered: bool = Field(description="是否有把握；没有把握时不要打扰坐席")
    confidence: float = Field(ge=0, le=1)
    took_ms: float = Field(description="处理器毫秒")
    procedures: list[Pointer]


class SuggestionItem(BaseModel):
    """A completion."""

    text: str = Field(examples=["退保申请材料"])
    kind: Literal["标题", "关键词", "客户说法"]
    id: str = Field(examples=["surrender-materials"])


class SuggestBody(BaseModel):
    """Completions of what was typed."""

    suggestions: list[SuggestionItem]


class QuestionItem(BaseModel):
    """A question to ask first."""

    key: str = Field(examples=["办理人"])
    values: list[str] = Field(examples=[["本人", "代办"]])
    chosen: str | None


class SuspendedItem(BaseModel):
    """Why something is not to be used."""

    reason: str = Field(examples=["金额写错，核对中"])
    since: str


class AnswerPart(BaseModel, extra="allow"):
    """A row of the answer; further keys depend on its kind."""

    address: str = Field(examples=["verify/必说/1"])
    state: Literal["shown", "open", "folded", "verify_first", "suspended"]
    condition: str = Field(examples=["办理人=代办"])
    text: str
    citations: list[str] = Field(examples=[["保险法§47"]])
    hash: str = Field(description="内容摘要，供考题引用")


class AnswerBody(BaseModel, extra="allow"):
    """The one answer for a day and a call."""

    id: str
    title: str
    summary: str
    revision: str
    day: str
    event_on: str
    fingerprint: str = Field(description="修订或停用有变化时不同")
    suspended: SuspendedItem | None = Field(description="整份规程暂停使用的原因；使用中为空")
    notices: list[str]
    questions: list[QuestionItem]
    steps: list[AnswerPart]
    materials: list[AnswerPart]
    notes: list[AnswerPart]
    deadlines: list[AnswerPart]
    follow_ups: list[AnswerPart]
    routes: list[AnswerPart]
    folded: int
    related: list[str]


class GivenFeedback(BaseModel):
    """What is said of an answer; `procedure`, `revision` and `day` are those of the answer."""

    verdict: Verdict
    procedure: str = Field(description="规程编号", examples=["surrender-materials"])
    revision: str = Field(description="答案的修订号", examples=["0f" * 32])
    day: str = Field("", description="答案按哪一天的版本；默认今天", examples=["2026-01-01"])
    pairs: list[str] = Field(
        [],
        alias="set",
        max_length=MAX_PAIRS,
        description="通话信息，键=值",
        examples=[["来电人=投保人", "核身=已核"]],
    )
    search_id: str = Field("", description="由哪次检索打开；没有就空着")
    line: str = Field(
        "", max_length=MAX_LINE_CHARS, description="补充一句", examples=["第 3 步的表名改了"]
    )


class FeedbackBody(BaseModel):
    """Feedback that has been stored."""

    id: str


class GivenQuestion(BaseModel):
    """A question for which a caller was promised an answer."""

    id: str = Field(
        description="由发送方生成的 32 位十六进制数；重发同一个编号只存一次", examples=["0f" * 16]
    )
    text: str = Field(max_length=MAX_TEXT_CHARS, examples=["在外地能补发保单吗"])
    ticket: str = Field(
        max_length=MAX_TICKET_CHARS, description="工单号", examples=["GD-20260601001"]
    )
    procedure: str = Field("", description="看似有关的规程编号；没有就空着")
    asked_at: AwareDatetime | None = Field(None, description="客户何时问的；默认现在")
    promised: AwareDatetime | None = Field(None, description="承诺何时答复；默认公司规定的最晚时间")


class GivenReason(BaseModel):
    """Why something is done."""

    reason: str = Field(max_length=MAX_TEXT_CHARS, examples=["已回复客户"])


class OwnQuestion(BaseModel):
    """A question that one asked or sees to."""

    id: str
    kind: QuestionKind
    state: QuestionState
    text: str = Field(description="已遮盖身份信息")
    ticket: str
    procedure: str
    is_owner: bool = Field(description="是否由本人负责")
    asked_at: str = Field(examples=["2026-06-01T10:00:00+08:00"])
    promised_at: str | None = Field(examples=["2026-06-01T18:00:00+08:00"])
    wording: str = Field(
        description="怎么对客户说；没有承诺时间时为空", examples=["6月1日（周一）18:00前"]
    )
    due: Due = Field(description="快到期、已逾期，或空")
    answer: str
    href: str = Field(description="问题的页面")


class OwnQuestionsBody(BaseModel):
    """The questions that one asked or sees to, and that wait for something to be done."""

    questions: list[OwnQuestion]


class RegulationBody(BaseModel):
    """A regulation, what the content says of it and where it is cited."""

    short: str = Field(examples=["保险法"])
    title: str
    number: str
    issuer: str
    scope: str
    status: str = Field(examples=["现行", "尚未施行", "已失效"])
    version: str | None
    in_force_from: str | None
    articles: list[dict[str, str]]
    cited_by: list[dict[str, str]]


class RegulationsBody(BaseModel):
    """All regulations of the register."""

    regulations: list[RegulationBody]


class ReplyTimeBody(BaseModel):
    """By when a reply can be promised to a customer who asks now."""

    asked_at: str = Field(examples=["2026-11-23T18:00:00+08:00"])
    reply_by: str | None = Field(
        description="放假安排尚未公布、或没有答复承诺时为空",
        examples=["2026-11-24T17:00:00+08:00"],
    )
    wording: str | None = Field(
        description="怎么对客户说；答复时间未定时说明原因，没有答复承诺时为空",
        examples=["11月24日（周二）17:00前"],
    )
    rule: str | None = Field(
        description="公司规定的答复承诺，没有时为空",
        examples=["工作时间8小时（工作日09:00–18:00）"],
    )


class ChangedBody(BaseModel):
    """What is not what it was."""

    procedures: dict[str, str] = Field(
        description="规程编号和它现在的 fingerprint；没有了的为空",
        examples=[{"surrender-materials": "0f0f0f0f0f0f"}],
    )


class HealthBody(BaseModel):
    """What is served and what is broken."""

    status: Literal["ok", "degraded"]
    generation: str
    today: str
    procedures: int
    versions: int
    faults: list[dict[str, Any]]
    kept: list[str]
