"""One-time links: once, for a day, for one person; the first of all makes an administrator."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import Engine, select

from kb.audit import read_trail
from kb.errors import AccountInvalid, LinkInvalid
from kb.people import Person, Role
from kb.people.accounts import Accounts
from kb.people.links import OneTimeLinks
from kb.people.sessions import Sessions
from kb.people.sign_in import SignIn
from kb.state.tables import one_time_links
from tests.kb.people.conftest import MovableClock
from tests.kb.people.test_passwords import PASSWORD

HOME = "10.0.0.7"


@pytest.fixture
def links(engine: Engine, clock: MovableClock) -> OneTimeLinks:
    return OneTimeLinks(engine, clock)


@pytest.fixture
def accounts(engine: Engine, clock: MovableClock) -> Accounts:
    return Accounts(engine, clock)


@pytest.fixture
def person(accounts: Accounts) -> Person:
    return accounts.create(None, "lin", "林晓", frozenset({Role.EDITOR}))


def test_the_first_link_makes_an_administrator_who_is_signed_in(
    engine: Engine, clock: MovableClock, links: OneTimeLinks, accounts: Accounts
) -> None:
    token = links.make(None, None)
    links.check_first(token)
    session_id = links.make_first_administrator(token, "Boss", "王总", PASSWORD)

    (account,) = accounts.all()
    assert account.person.login == "boss"
    assert account.person.roles == {Role.ADMINISTRATOR}
    found = Sessions(engine, clock).find(session_id)
    assert found is not None
    assert found.person == account.person
    SignIn(engine, clock).with_password("boss", PASSWORD, HOME)
    created = [entry for entry in read_trail(engine) if entry.action == "account.created"]
    assert [entry.actor for entry in created] == ["王总（boss）"]


def test_the_first_link_closes_with_the_first_account(
    links: OneTimeLinks, accounts: Accounts, person: Person
) -> None:
    token = links.make(None, None)
    with pytest.raises(LinkInvalid):
        links.check_first(token)
    with pytest.raises(LinkInvalid):
        links.make_first_administrator(token, "boss", "王总", PASSWORD)

    assert [account.person for account in accounts.all()] == [person]


def test_of_many_who_open_the_first_link_one_becomes_administrator(
    links: OneTimeLinks, accounts: Accounts
) -> None:
    token = links.make(None, None)

    def open_link(number: int) -> bool:
        try:
            links.make_first_administrator(token, f"boss{number}", "王总", PASSWORD)
        except LinkInvalid:
            return False
        return True

    with ThreadPoolExecutor(6) as crowd:
        assert sum(crowd.map(open_link, range(6))) == 1
    assert len(accounts.all()) == 1


def test_a_link_sets_the_password_once(
    engine: Engine, clock: MovableClock, links: OneTimeLinks, person: Person
) -> None:
    token = links.make(None, person.id)
    assert links.person(token) == person
    session_id = links.set_password(token, PASSWORD)

    assert Sessions(engine, clock).find(session_id) is not None
    for again in (links.person, lambda item: links.set_password(item, "又一个很长的密码呀")):
        with pytest.raises(LinkInvalid):
            again(token)
    SignIn(engine, clock).with_password("lin", PASSWORD, HOME)


def test_a_password_set_by_a_link_ends_all_sessions(
    engine: Engine, clock: MovableClock, links: OneTimeLinks, person: Person
) -> None:
    first = links.set_password(links.make(None, person.id), PASSWORD)
    links.set_password(links.make(None, person.id), PASSWORD)

    assert Sessions(engine, clock).find(first) is None


def test_a_password_that_is_refused_leaves_the_link_open(
    links: OneTimeLinks, person: Person
) -> None:
    token = links.make(None, person.id)
    with pytest.raises(AccountInvalid):
        links.set_password(token, "短")

    links.set_password(token, PASSWORD)


def test_a_login_that_is_refused_leaves_the_first_link_open(links: OneTimeLinks) -> None:
    token = links.make(None, None)
    with pytest.raises(AccountInvalid):
        links.make_first_administrator(token, "王总", "王总", PASSWORD)

    links.make_first_administrator(token, "boss", "王总", PASSWORD)


@pytest.mark.parametrize("is_first", [True, False])
def test_a_link_ends_after_a_day(
    links: OneTimeLinks, clock: MovableClock, accounts: Accounts, is_first: bool
) -> None:
    if is_first:
        token, check = links.make(None, None), links.check_first
    else:
        person = accounts.create(None, "lin", "林晓", frozenset({Role.EDITOR}))
        token, check = links.make(None, person.id), links.person
    clock.move(hours=23, minutes=59)
    check(token)
    clock.move(minutes=1)

    with pytest.raises(LinkInvalid):
        check(token)


def test_a_new_link_ends_the_earlier_ones_of_the_same_person_alone(
    links: OneTimeLinks, accounts: Accounts, person: Person
) -> None:
    other = accounts.create(None, "wu", "吴桐", frozenset({Role.AGENT}))
    first, foreign = links.make(None, person.id), links.make(None, other.id)
    second = links.make(None, person.id)

    with pytest.raises(LinkInvalid):
        links.person(first)
    assert links.person(second) == person
    assert links.person(foreign) == other


def test_a_link_of_one_kind_is_none_of_the_other(links: OneTimeLinks, accounts: Accounts) -> None:
    first = links.make(None, None)
    with pytest.raises(LinkInvalid):
        links.person(first)
    person = accounts.create(None, "lin", "林晓", frozenset({Role.EDITOR}))
    with pytest.raises(LinkInvalid):
        links.check_first(links.make(None, person.id))


def test_a_disabled_account_cannot_be_entered_by_a_link(
    links: OneTimeLinks, accounts: Accounts, person: Person
) -> None:
    accounts.create(None, "boss", "王总", frozenset({Role.ADMINISTRATOR}))
    token = links.make(None, person.id)
    accounts.disable(None, person.id)

    with pytest.raises(LinkInvalid):
        links.set_password(token, PASSWORD)


@pytest.mark.parametrize("token", ["", "x", "0" * 43, "密", "' OR 1=1 --"])
def test_a_token_that_was_never_given_opens_nothing(
    links: OneTimeLinks, person: Person, token: str
) -> None:
    links.make(None, person.id)
    with pytest.raises(LinkInvalid):
        links.person(token)
    with pytest.raises(LinkInvalid):
        links.check_first(token)


def test_neither_table_nor_trail_holds_the_token(
    engine: Engine, links: OneTimeLinks, person: Person
) -> None:
    token = links.make(None, person.id)
    with engine.connect() as connection:
        rows = str(connection.execute(select(one_time_links)).all())

    assert token not in rows + str(list(read_trail(engine)))
