"""Who signs in with the provider is who they were, and whom an administrator let in."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from sqlalchemy import Engine, select, update

from kb.audit import read_trail
from kb.errors import ProviderAnswerRefused
from kb.people import Role
from kb.people.oidc import LONGEST, OidcAnswer, OidcStart
from kb.people.sessions import Sessions
from kb.state.tables import accounts, oidc_requests, sessions
from tests.web.oidc.desk import Desk
from tests.web.oidc.running import LIN, RunningProvider, visit


@pytest.fixture
def desk(provider: RunningProvider, engine: Engine) -> Desk:
    return Desk(provider, engine)


def test_who_has_an_account_is_signed_in_with_its_roles(desk: Desk) -> None:
    person = desk.add()
    start = desk.sign_in.begin("/procedures?on=2026-01-01")
    signed_in = desk.comes_back(start)

    assert signed_in.next_path == "/procedures?on=2026-01-01"
    assert desk.person(signed_in) == person


def test_the_first_sign_in_links_the_account_and_is_audited(
    desk: Desk, provider: RunningProvider
) -> None:
    person = desk.add()
    desk.signs_in()
    desk.signs_in()

    linked = [entry for entry in read_trail(desk.engine) if entry.action == "account.linked"]
    assert [(entry.account_id, entry.subject) for entry in linked] == [(person.id, person.id)]
    assert linked[0].details == {"subject": f"{provider.issuer} {LIN['sub']}"}


def test_later_the_subject_counts_and_no_longer_the_name(
    desk: Desk, provider: RunningProvider
) -> None:
    person = desk.add()
    desk.signs_in()
    provider.does(user={**LIN, "preferred_username": "lin.xiao.2"})
    assert desk.person(desk.signs_in()) == person

    # Somebody else got the name that was free.
    provider.does(user={**LIN, "sub": "another"})
    with pytest.raises(ProviderAnswerRefused, match="没有开通"):
        desk.signs_in()


@pytest.mark.parametrize(
    "user",
    [
        {"sub": "1", "preferred_username": "nobody"},
        {"sub": "1"},
        {"sub": "1", "preferred_username": ["lin.xiao"]},
        {"sub": "1", "preferred_username": "lin.xiao\0"},
        {"sub": "1", "email": "lin.xiao"},
    ],
)
def test_who_has_no_account_gets_none(
    desk: Desk, provider: RunningProvider, user: dict[str, Any]
) -> None:
    desk.add()
    provider.does(user=user)

    with pytest.raises(ProviderAnswerRefused, match="没有开通"):
        desk.signs_in()
    assert desk.is_empty_of_sessions()


def test_the_name_may_be_written_with_capitals(desk: Desk, provider: RunningProvider) -> None:
    person = desk.add()
    provider.does(user={**LIN, "preferred_username": "Lin.Xiao"})

    assert desk.person(desk.signs_in()) == person


@pytest.mark.parametrize(("is_verified", "is_let_in"), [(True, True), (False, False)])
def test_an_address_counts_when_it_is_verified(
    provider: RunningProvider, engine: Engine, is_verified: bool, is_let_in: bool
) -> None:
    desk = Desk(provider, engine, oidc_login_claim="email")
    desk.add("lin@example.com")
    provider.does(user={**LIN, "email_verified": is_verified})

    try:
        desk.signs_in()
    except ProviderAnswerRefused:
        assert not is_let_in
    else:
        assert is_let_in


@pytest.mark.parametrize("is_linked", [True, False])
def test_who_was_switched_off_is_refused(desk: Desk, is_linked: bool) -> None:
    person = desk.add()
    if is_linked:
        desk.signs_in()
    with desk.engine.begin() as connection:
        connection.execute(update(accounts).values(is_enabled=False))
        connection.execute(sessions.delete())

    with pytest.raises(ProviderAnswerRefused, match="已停用"):
        desk.signs_in()
    assert desk.is_empty_of_sessions()
    with desk.engine.connect() as connection:
        (subject,) = connection.execute(select(accounts.c.oidc_subject)).one()
    assert (subject is not None) == is_linked, person


def test_the_roles_of_a_token_mean_nothing(desk: Desk, provider: RunningProvider) -> None:
    desk.add()
    provider.does(user={**LIN, "roles": ["管理员"], "groups": ["管理员"]})

    assert desk.person(desk.signs_in()).roles == {Role.AGENT, Role.EDITOR}


def test_the_session_that_the_browser_had_ends(desk: Desk) -> None:
    desk.add()
    first = desk.signs_in()
    start = desk.sign_in.begin("/")
    brought = visit(start.address)
    answer = OidcAnswer(start.state, start.state, brought["code"], "", "")
    second = desk.sign_in.finish(answer, first.session_id)

    assert Sessions(desk.engine, desk.now).find(first.session_id) is None
    assert second.session_id != first.session_id
    assert desk.person(second)


@pytest.mark.parametrize("fault", ["", "secret-in-the-form"])
def test_the_secret_is_sent_as_the_provider_takes_it(
    provider: RunningProvider, engine: Engine, fault: str
) -> None:
    provider.does(fault)
    desk = Desk(provider, engine)
    desk.add()

    assert desk.signs_in()


def test_an_answer_is_taken_once(desk: Desk) -> None:
    desk.add()
    start = desk.sign_in.begin("/")
    brought = visit(start.address)
    answer = OidcAnswer(start.state, start.state, brought["code"], "", "")
    desk.sign_in.finish(answer)

    with pytest.raises(ProviderAnswerRefused, match="已经用过"):
        desk.sign_in.finish(answer)


def test_of_answers_at_the_same_time_one_is_taken(desk: Desk) -> None:
    desk.add()
    start = desk.sign_in.begin("/")
    brought = visit(start.address)
    answer = OidcAnswer(start.state, start.state, brought["code"], "", "")

    def finish(_: int) -> bool:
        try:
            return bool(desk.sign_in.finish(answer))
        except ProviderAnswerRefused:
            return False

    with ThreadPoolExecutor(4) as pool:
        assert sorted(pool.map(finish, range(4))) == [False, False, False, True]


def test_a_code_of_another_sign_in_cannot_be_redeemed(desk: Desk) -> None:
    """Stolen from somebody else: their proof key is not ours."""
    desk.add()
    stolen = visit(desk.sign_in.begin("/").address)["code"]

    with pytest.raises(ProviderAnswerRefused, match="没有通过核对"):
        desk.signs_in(code=stolen)


def test_a_code_cannot_be_redeemed_twice(desk: Desk) -> None:
    desk.add()
    start = desk.sign_in.begin("/")
    code = visit(start.address)["code"]
    desk.sign_in.finish(OidcAnswer(start.state, start.state, code, "", ""))

    with pytest.raises(ProviderAnswerRefused, match="没有通过核对"):
        desk.signs_in(code=code)


def test_the_provider_takes_nobody_without_a_proof_key(desk: Desk) -> None:
    start = desk.sign_in.begin("/")
    stripped = OidcStart(start.address.replace("code_challenge=", "x="), start.state)

    with pytest.raises(ProviderAnswerRefused, match="没有完成"):
        desk.comes_back(stripped)


@pytest.mark.parametrize("kept_state", ["", "another", "陌生"])
def test_another_browser_cannot_finish(desk: Desk, kept_state: str) -> None:
    desk.add()
    with pytest.raises(ProviderAnswerRefused, match="重新登录"):
        desk.signs_in(kept_state=kept_state)


@pytest.mark.parametrize("state", ["", "made-up", "x" * 5000, "\0", "陌生"])
def test_a_state_that_was_made_up_is_refused(desk: Desk, state: str) -> None:
    desk.add()
    with pytest.raises(ProviderAnswerRefused, match="重新登录"):
        desk.signs_in(state=state, kept_state=state)


def test_a_sign_in_runs_out(desk: Desk) -> None:
    desk.add()
    start = desk.sign_in.begin("/")
    desk.later = LONGEST

    with pytest.raises(ProviderAnswerRefused, match="过期"):
        desk.comes_back(start)


def test_sign_ins_that_ran_out_are_cleared_away(desk: Desk) -> None:
    desk.sign_in.begin("/")
    desk.later = LONGEST
    desk.sign_in.begin("/")

    with desk.engine.connect() as connection:
        assert len(connection.execute(select(oidc_requests)).all()) == 1


def test_what_comes_back_does_not_stand_in_the_database(desk: Desk) -> None:
    start = desk.sign_in.begin("/")

    with desk.engine.connect() as connection:
        (row,) = connection.execute(select(oidc_requests)).all()
    assert start.state not in row
    assert row.nonce in start.address
    assert row.code_verifier not in start.address


@pytest.mark.parametrize("fault", ["denied", "odd-error"])
def test_a_refusal_of_the_provider_is_told_in_our_words(
    desk: Desk, provider: RunningProvider, fault: str, caplog: pytest.LogCaptureFixture
) -> None:
    provider.does(fault)

    with pytest.raises(ProviderAnswerRefused) as raised:
        desk.signs_in()
    assert str(raised.value) == "公司账号登录没有完成：已取消，或公司账号系统没有同意。"
    assert "<" not in caplog.text


def test_an_answer_in_the_name_of_another_issuer_is_refused(
    desk: Desk, provider: RunningProvider
) -> None:
    desk.add()
    provider.does("answer-of-another-issuer")

    with pytest.raises(ProviderAnswerRefused, match="没有通过核对"):
        desk.signs_in()
