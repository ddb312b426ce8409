"""Signing in: the right password, the same cost for everybody, a session of its own."""

from __future__ import annotations

import pytest
from argon2 import PasswordHasher
from sqlalchemy import Engine, select, update

from kb.audit import read_trail
from kb.errors import AccountInvalid, SignInRefused, TooManyTries
from kb.people import Person, Role, passwords
from kb.people.accounts import Accounts
from kb.people.links import OneTimeLinks
from kb.people.sessions import Sessions
from kb.people.sign_in import SignIn
from kb.people.throttle import MOST_PER_LOGIN
from kb.state.tables import accounts as accounts_table
from tests.kb.people.conftest import MovableClock
from tests.kb.people.test_passwords import PASSWORD, WatchedHasher

HOME = "10.0.0.7"
OTHER_PASSWORD = "另外四个不相干的词连起来"  # noqa: S105


@pytest.fixture
def person(engine: Engine, clock: MovableClock) -> Person:
    """Somebody with a password."""
    person = Accounts(engine, clock).create(None, "lin", "林晓", frozenset({Role.EDITOR}))
    links = OneTimeLinks(engine, clock)
    links.set_password(links.make(None, person.id), PASSWORD)
    return person


@pytest.fixture
def sign_in(engine: Engine, clock: MovableClock) -> SignIn:
    return SignIn(engine, clock)


@pytest.fixture
def known(engine: Engine, clock: MovableClock) -> Sessions:
    return Sessions(engine, clock)


def stored_hash(engine: Engine) -> str:
    with engine.connect() as connection:
        return str(connection.execute(select(accounts_table.c.password_hash)).scalar_one())


def test_the_right_password_begins_a_session(
    engine: Engine, sign_in: SignIn, known: Sessions, person: Person
) -> None:
    found = known.find(sign_in.with_password(" LIN ", PASSWORD, HOME))

    assert found is not None
    assert found.person == person
    *_, last = read_trail(engine)
    assert (last.actor, last.action) == ("林晓（lin）", "session.begun")


@pytest.mark.parametrize(
    ("login", "password"),
    [("lin", OTHER_PASSWORD), ("lin", ""), ("nobody", PASSWORD), ("", PASSWORD), ("lin\0", "x")],
)
@pytest.mark.usefixtures("person")
def test_what_is_wrong_is_not_told(sign_in: SignIn, login: str, password: str) -> None:
    with pytest.raises(SignInRefused, match=r"登录名或密码不对。"):
        sign_in.with_password(login, password, HOME)


@pytest.mark.parametrize("login", ["lin", "nobody", "disabled", "unset"])
@pytest.mark.usefixtures("person")
def test_every_try_costs_one_hash(
    engine: Engine, sign_in: SignIn, login: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    accounts = Accounts(engine)
    for name in ("disabled", "unset"):
        accounts.create(None, name, "某人", frozenset({Role.AGENT}))
    accounts.create(None, "boss", "王总", frozenset({Role.ADMINISTRATOR}))
    disabled = accounts.find("disabled")
    assert disabled
    accounts.disable(None, disabled.person.id)
    hasher = WatchedHasher()
    monkeypatch.setattr(passwords, "_HASHER", hasher)
    with pytest.raises(SignInRefused):
        sign_in.with_password(login, OTHER_PASSWORD, HOME)

    assert hasher.calls == 1


def test_who_is_disabled_cannot_sign_in(engine: Engine, sign_in: SignIn, person: Person) -> None:
    accounts = Accounts(engine)
    accounts.create(None, "boss", "王总", frozenset({Role.ADMINISTRATOR}))
    accounts.disable(None, person.id)
    with pytest.raises(SignInRefused):
        sign_in.with_password("lin", PASSWORD, HOME)


@pytest.mark.usefixtures("person")
def test_the_session_that_the_browser_had_ends(sign_in: SignIn, known: Sessions) -> None:
    first = sign_in.with_password("lin", PASSWORD, HOME)
    second = sign_in.with_password("lin", PASSWORD, HOME, previous_session=first)

    assert second != first
    assert known.find(first) is None
    assert known.find(second) is not None


@pytest.mark.usefixtures("person")
def test_a_session_elsewhere_goes_on(sign_in: SignIn, known: Sessions) -> None:
    first = sign_in.with_password("lin", PASSWORD, HOME)
    sign_in.with_password("lin", PASSWORD, HOME)

    assert known.find(first) is not None


@pytest.mark.usefixtures("person")
def test_after_too_many_failures_no_password_is_looked_at(
    sign_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    hasher = WatchedHasher()
    monkeypatch.setattr(passwords, "_HASHER", hasher)
    for _ in range(MOST_PER_LOGIN):
        with pytest.raises(SignInRefused):
            sign_in.with_password("lin", OTHER_PASSWORD, HOME)
    with pytest.raises(TooManyTries, match="15 分钟"):
        sign_in.with_password("lin", PASSWORD, HOME)

    assert hasher.calls == MOST_PER_LOGIN


@pytest.mark.usefixtures("person")
def test_a_hash_of_earlier_parameters_is_renewed(engine: Engine, sign_in: SignIn) -> None:
    outdated = PasswordHasher(time_cost=1, memory_cost=64).hash(PASSWORD)
    with engine.begin() as connection:
        connection.execute(update(accounts_table).values(password_hash=outdated))
    sign_in.with_password("lin", PASSWORD, HOME)

    assert stored_hash(engine).startswith("$argon2id$v=19$m=19456,t=2,p=1$")
    sign_in.with_password("lin", PASSWORD, HOME)


def test_a_new_password_ends_all_sessions_and_begins_another(
    engine: Engine, sign_in: SignIn, known: Sessions, person: Person
) -> None:
    before = [sign_in.with_password("lin", PASSWORD, HOME) for _ in range(2)]
    session_id = sign_in.change_password(person, PASSWORD, OTHER_PASSWORD, HOME)

    assert [known.find(item) for item in before] == [None, None]
    assert known.find(session_id) is not None
    with pytest.raises(SignInRefused):
        sign_in.with_password("lin", PASSWORD, HOME)
    sign_in.with_password("lin", OTHER_PASSWORD, HOME)
    assert "password.changed" in [entry.action for entry in read_trail(engine)]


def test_a_password_is_changed_by_who_knows_the_present_one(
    engine: Engine, sign_in: SignIn, person: Person
) -> None:
    before = stored_hash(engine)
    with pytest.raises(SignInRefused, match="现在的密码"):
        sign_in.change_password(person, OTHER_PASSWORD, OTHER_PASSWORD, HOME)
    with pytest.raises(AccountInvalid):
        sign_in.change_password(person, PASSWORD, "短", HOME)

    assert stored_hash(engine) == before


def test_the_present_password_cannot_be_guessed_either(sign_in: SignIn, person: Person) -> None:
    for _ in range(MOST_PER_LOGIN):
        with pytest.raises(SignInRefused):
            sign_in.change_password(person, OTHER_PASSWORD, PASSWORD, HOME)
    with pytest.raises(TooManyTries):
        sign_in.change_password(person, PASSWORD, OTHER_PASSWORD, HOME)
