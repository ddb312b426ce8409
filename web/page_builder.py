"""Builds page contexts from the knowledge view and the state in the address."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from kb.answer import Answer, make_answer
from kb.content import CALL_KEYS, Procedure, ReferenceData
from kb.knowledge_view import KnowledgeView
from kb.privacy import mask_identifiers
from kb.search.searcher import DEFAULT_LIMIT, SearchHit, SearchResult
from web.access import Visitor
from web.answer_links import AnswerLinks
from web.contexts import (
    AnswerView,
    CategoriesPage,
    CitedArticle,
    Completion,
    ErrorPage,
    ExplanationPage,
    GivenAnswer,
    HealthPage,
    HitRow,
    KeysPage,
    Panel,
    PanelSamplePage,
    PhraseLink,
    ProcedurePage,
    RecognisedProcedure,
    RegulationPage,
    RegulationRow,
    RegulationsPage,
    SearchPage,
    Shell,
    VersionLink,
)
from web.feedback_form import make_feedback_form
from web.menu import menu_of
from web.request_state import RequestState

_COMPLETIONS = 6
_PANEL_HITS = 5


class PageBuilder:
    """One request's view and state, from which its page is built."""

    def __init__(
        self,
        view: KnowledgeView,
        state: RequestState,
        path: str,
        visitor: Visitor,
        panel: Panel | None = None,
    ) -> None:
        """Build pages for the address `path` with `state`; `panel` is given for the panel's."""
        self._view = view
        self._state = state
        self._path = path
        self._visitor = visitor
        self._panel = panel
        self._links = AnswerLinks(view.reference.vocabulary, state, path)
        self._context = state.context(view)
        self._day = state.on or view.today

    def shell(self, title: str, section: str) -> Shell:
        """Return what surrounds the page's own content."""
        return Shell(
            title=title,
            query=self._state.query,
            on=self._state.on if self._state.on != self._view.today else None,
            event_on=self._state.event_on,
            call=self._links.call_fields(),
            answers=tuple(
                GivenAnswer(key, value)
                for key, value in self._state.given.items()
                if key not in CALL_KEYS
            ),
            carry=self._state.without_search().href(""),
            today=self._view.today,
            today_href=self._state.without_day().href(self._path),
            section=section,
            phrases=tuple(self._phrase_links()),
            panel=self._panel,
            person=self._visitor.person,
            csrf=self._visitor.csrf_token,
            unread=self._visitor.unread,
            must_read=self._visitor.must_read,
            is_reviewed=self._view.standing.is_reviewed,
            menu=menu_of(self._visitor),
        )

    def _phrase_links(self) -> Iterator[PhraseLink]:
        state = self._state.without_search()
        for phrase in self._view.phrases(self._day):
            path = state.href(f"/procedures/{phrase.procedure_id}")
            yield PhraseLink(phrase.name, phrase.text, f"{path}#{phrase.address}")

    @property
    def _is_other_day(self) -> bool:
        return self._day != self._view.today

    @property
    def region(self) -> str:
        """The customer's region, or empty."""
        return self._context.region or ""

    def search(self) -> SearchResult | None:
        """Return what is found, or None when nothing is asked. Raises QueryInvalid."""
        if not self._state.query:
            return None
        limit = _PANEL_HITS if self._panel else DEFAULT_LIMIT
        return self._view.search(self._state.query, limit, self._day, self.region)

    def search_page(self, result: SearchResult | None) -> SearchPage:
        """Return the search page, with its best hit open."""
        query = self._state.query
        hits = result.hits if result else ()
        opened = self._opened_hit(hits, result)
        return SearchPage(
            shell=self.shell(query or "保险客服知识库", "search"),
            register=self._view.reference.register,
            search_id=self._state.search_id,
            asked=result.query if result else "",
            answered=bool(result and result.answered),
            # On another day a procedure of ours may not have been in force yet.
            elsewhere=self._view.elsewhere(result) if result and not self._is_other_day else None,
            completions=tuple(self._completions(query)),
            hits=tuple(self._hit_row(hit, opened) for hit in hits),
            opened=self._answer_view(opened.id, opened.block) if opened else None,
            explanation_href=self._masked().href("/explain"),
            categories={} if query else self._view.by_category(self._day),
        )

    def _completions(self, query: str) -> Iterator[Completion]:
        """Yield wordings of the content that what was typed may become."""
        for suggestion in self._view.suggest(query, _COMPLETIONS):
            if suggestion.text != query:
                href = self._state.asking(suggestion.text).href(self._path)
                yield Completion(suggestion.text, href)

    def _masked(self) -> RequestState:
        """Return the state with no hit open and no identifier in its query."""
        return self._state.asking(mask_identifiers(self._state.query)).named("")

    def _opened_hit(
        self, hits: tuple[SearchHit, ...], result: SearchResult | None
    ) -> SearchHit | None:
        """Return the hit asked for, or the best one; none when there is no answer."""
        for hit in hits:
            if hit.id == self._state.opened:
                return hit
        return hits[0] if result and result.answered and hits else None

    def _hit_row(self, hit: SearchHit, opened: SearchHit | None) -> HitRow:
        card = self._view.card(hit.number)
        return HitRow(
            card=card,
            href=self._state.opening(hit.id).href(self._path),
            is_open=hit is opened,
            label=hit.snippet.label if hit.snippet else "",
            pieces=hit.snippet.pieces if hit.snippet else (),
            reasons=hit.reasons,
            is_overdue=card.is_overdue(self._view.today),
            is_suspended=bool(self._view.suspended(hit.id)),
        )

    def explanation_page(self) -> ExplanationPage:
        """Return the account of the query. Raises QueryInvalid without one."""
        state = self._masked()
        explanation = self._view.explain(state.query, self._day, self.region)
        cards = (
            (self._view.card_of(id_, self._day), points)
            for id_, points in explanation.likeliest.items()
        )
        return ExplanationPage(
            shell=replace(self.shell("检索说明", ""), query=state.query),
            explanation=explanation,
            recognised=tuple(RecognisedProcedure(card, points) for card, points in cards if card),
            search_href=state.href("/"),
        )

    def procedure_page(self, procedure_id: str) -> ProcedurePage:
        """Return a procedure's own page. Raises ProcedureNotFound, ProcedureNotInForce."""
        opened = self._answer_view(procedure_id, "")
        return ProcedurePage(
            shell=self.shell(opened.answer.procedure.title, "categories"),
            register=self._view.reference.register,
            opened=opened,
        )

    def _answer_view(self, procedure_id: str, block: str) -> AnswerView:
        answer = self._view.answer(procedure_id, self._context, self._day)
        own_page = self._state.without_search().named(self._state.search_id)
        shown = self._shown_answer(answer, own_page.href(f"/procedures/{procedure_id}"))
        return replace(
            shown,
            versions=tuple(self._version_links(answer)),
            block=block,
            feedback=make_feedback_form(answer, self._state),
        )

    def _shown_answer(self, answer: Answer, href: str) -> AnswerView:
        """Return an answer with the links that it has wherever it is shown."""
        cards = (self._view.card_of(item, self._day) for item in answer.procedure.related)
        return AnswerView(
            answer=answer,
            questions=self._links.questions(answer),
            versions=(),
            related=tuple(card for card in cards if card is not None),
            href=href,
            block="",
            feedback=None,
            calculator=tuple(self._state.without_event().values().items()),
        )

    def shown_procedure(
        self, procedure: Procedure, reference: ReferenceData, day: date
    ) -> AnswerView:
        """Return what the desk shows of a version that it does not serve: a draft, or an old one.

        Raises CallContextInvalid.
        """
        answer = make_answer(procedure, day, self._context, reference)
        return self._shown_answer(answer, self._state.href(self._path))

    def _version_links(self, answer: Answer) -> Iterator[VersionLink]:
        cards = self._view.versions(answer.procedure.id)
        for card in cards if len(cards) > 1 else ():
            state = self._state.without_search().on_day(card.effective_from)
            path = state.href(f"/procedures/{card.id}")
            yield VersionLink(
                card.effective_from,
                path,
                card.effective_from == answer.procedure.effective_from,
                card.effective_from > self._view.today,
            )

    def categories_page(self) -> CategoriesPage:
        """Return all procedures by category."""
        return CategoriesPage(
            self.shell("全部规程", "categories"), self._view.by_category(self._day)
        )

    def regulations_page(self) -> RegulationsPage:
        """Return the register."""
        rows = []
        for regulation in self._view.reference.register.values():
            places = self._view.citing_places(regulation.short)
            procedures = len({found.card.id for found in places})
            rows.append(RegulationRow(regulation, len(places), procedures))
        return RegulationsPage(self.shell("法规", "regulations"), tuple(rows))

    def regulation_page(self, short: str) -> RegulationPage:
        """Return one regulation. Raises RegulationNotFound."""
        regulation = self._view.regulation(short)
        places = self._view.citing_places(short)
        articles = tuple(
            CitedArticle(
                article.key,
                article.note,
                tuple(found for found in places if found.place.article == article.key),
            )
            for article in regulation.articles.values()
        )
        return RegulationPage(self.shell(regulation.title, "regulations"), regulation, articles)

    def keys_page(self) -> KeysPage:
        """Return the list of keys."""
        return KeysPage(self.shell("快捷键", "keys"))

    def panel_sample_page(self, origins: tuple[str, ...]) -> PanelSamplePage:
        """Return the page that holds the panel as a CRM does; `origins` may do so as well."""
        return PanelSamplePage(origins, self._links.call_fields())

    def health_page(self) -> HealthPage:
        """Return what is served and what is broken."""
        health = self._view.health()
        return HealthPage(self.shell("运行状况", "health"), health, health.faults)

    def error_page(self, status: int, message: str, nearest: tuple[str, ...] = ()) -> ErrorPage:
        """Return the page of an error; `nearest` holds ids that may have been meant."""
        cards = (self._view.card_of(item) for item in nearest)
        found = tuple(card for card in cards if card is not None)
        # Error pages are what gets copied into tickets and chats.
        shell = self.shell("出错了", "")
        shell = replace(shell, query=mask_identifiers(shell.query))
        return ErrorPage(shell, status, message, found)


def bare_error_page(status: int, message: str, panel: Panel | None) -> ErrorPage:
    """Return the page of an error that shows nothing of the content.

    For when there is no index, the address itself is wrong, or the visitor may not read.
    """
    shell = Shell(
        "出错了", "", None, None, (), (), "", None, "/", "", (), panel, None, "", 0, 0, False, ()
    )
    return ErrorPage(shell, status, message, ())
