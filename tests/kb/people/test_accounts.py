"""Accounts: what is taken, who may be locked out, and what the audit trail says of it."""

from __future__ import annotations

import pytest
from sqlalchemy import Engine

from kb.audit import read_trail
from kb.errors import AccountInvalid, AccountNotFound, LastAdministrator
from kb.people import Person, Role
from kb.people.accounts import Account, Accounts, read_roles
from kb.people.sessions import Sessions, begin_session
from kb.people.teams import Teams
from tests.kb.people.conftest import MovableClock

ADMINISTRATOR = frozenset({Role.ADMINISTRATOR})
EDITOR = frozenset({Role.EDITOR})


@pytest.fixture
def accounts(engine: Engine, clock: MovableClock) -> Accounts:
    return Accounts(engine, clock)


@pytest.fixture
def boss(accounts: Accounts) -> Person:
    """The only administrator."""
    return accounts.create(None, "boss", "王总", ADMINISTRATOR)


def last_action(engine: Engine) -> tuple[str, str, str]:
    """Return who did what to whom last."""
    *_, last = read_trail(engine)
    return last.actor, last.action, last.subject


def session_of(engine: Engine, clock: MovableClock, person: Person) -> str:
    with engine.begin() as connection:
        return begin_session(connection, person, clock())


def test_there_is_no_account_at_first(accounts: Accounts) -> None:
    assert not accounts.exist()
    assert accounts.all() == []


def test_a_new_account_is_enabled_and_has_no_password(
    accounts: Accounts, engine: Engine, clock: MovableClock
) -> None:
    roles = frozenset({Role.EDITOR, Role.TRAINER})
    person = accounts.create(None, " Lin.Xiao ", " 林  晓 ", roles, "一班")

    assert person == Person(person.id, "lin.xiao", "林 晓", "一班", roles)
    assert accounts.all() == [Account(person, True, False, False, clock())]
    assert accounts.exist()
    assert last_action(engine) == ("系统", "account.created", person.id)


@pytest.mark.parametrize(
    "login", ["", "x", "-x", "林晓", "a b", "a/b", "a" * 65, "a\n", "<b>", "x'--", "x\0y"]
)
def test_a_login_that_might_be_misread_is_refused(accounts: Accounts, login: str) -> None:
    with pytest.raises(AccountInvalid, match="登录名"):
        accounts.create(None, login, "林晓", EDITOR)
    assert not accounts.exist()


@pytest.mark.parametrize("name", ["", "  ", "长" * 41, "林\u202e晓", "林\x07"])
def test_a_name_that_cannot_be_read_is_refused(accounts: Accounts, name: str) -> None:
    with pytest.raises(AccountInvalid, match="名称"):
        accounts.create(None, "lin", name, EDITOR)


@pytest.mark.parametrize("roles", [[], ["老板"], ["编辑", "老板"]])
def test_roles_that_do_not_exist_are_refused(roles: list[str]) -> None:
    with pytest.raises(AccountInvalid, match="坐席、编辑"):
        read_roles(roles)


def test_a_login_is_taken_once_however_it_is_written(accounts: Accounts) -> None:
    accounts.create(None, "lin", "林晓", EDITOR)
    with pytest.raises(AccountInvalid, match="已经有人"):
        accounts.create(None, "LIN", "林笑", EDITOR)


def test_an_account_is_found_by_its_login_and_by_its_id(accounts: Accounts, boss: Person) -> None:
    found = accounts.find(" BOSS ")

    assert found is not None
    assert found.person == boss
    assert accounts.get(boss.id) == found
    assert accounts.find("nobody") is None
    with pytest.raises(AccountNotFound):
        accounts.get("0" * 32)


def test_name_roles_and_team_are_changed(accounts: Accounts, engine: Engine, boss: Person) -> None:
    person = accounts.create(boss, "lin", "林晓", EDITOR, "一班")
    accounts.change(boss, person.id, "林小晓", frozenset({Role.REVIEWER}), "二班")

    changed = accounts.get(person.id).person
    assert changed == Person(person.id, "lin", "林小晓", "二班", frozenset({Role.REVIEWER}))
    assert last_action(engine) == ("王总（boss）", "account.changed", person.id)
    *_, entry = read_trail(engine)
    assert (entry.details["roles_before"], entry.details["roles"]) == ("编辑", "审核")


@pytest.mark.parametrize(("roles", "lives"), [(EDITOR, True), (frozenset({Role.AGENT}), False)])
def test_other_roles_end_the_sessions_and_another_name_does_not(
    accounts: Accounts, engine: Engine, clock: MovableClock, roles: frozenset[Role], lives: bool
) -> None:
    person = accounts.create(None, "lin", "林晓", EDITOR)
    accounts.create(None, "boss", "王总", ADMINISTRATOR)
    session_id = session_of(engine, clock, person)
    accounts.change(None, person.id, "林笑", roles, "")

    assert (Sessions(engine, clock).find(session_id) is not None) is lives


def test_who_is_disabled_has_no_session_any_more(
    accounts: Accounts, engine: Engine, clock: MovableClock, boss: Person
) -> None:
    person = accounts.create(boss, "lin", "林晓", EDITOR)
    session_id = session_of(engine, clock, person)
    accounts.disable(boss, person.id)

    assert Sessions(engine, clock).find(session_id) is None
    assert accounts.get(person.id).state == "停用"
    assert last_action(engine) == ("王总（boss）", "account.disabled", person.id)


def test_who_is_enabled_again_must_sign_in_again(
    accounts: Accounts, engine: Engine, clock: MovableClock, boss: Person
) -> None:
    person = accounts.create(boss, "lin", "林晓", EDITOR)
    session_id = session_of(engine, clock, person)
    accounts.disable(boss, person.id)
    accounts.enable(boss, person.id)

    assert accounts.get(person.id).is_enabled
    assert Sessions(engine, clock).find(session_id) is None
    assert last_action(engine) == ("王总（boss）", "account.enabled", person.id)


def test_the_last_administrator_can_neither_be_disabled_nor_lose_the_role(
    accounts: Accounts, boss: Person
) -> None:
    other = accounts.create(boss, "vice", "赵副总", ADMINISTRATOR)
    accounts.disable(boss, other.id)  # does not count any more
    with pytest.raises(LastAdministrator):
        accounts.disable(boss, boss.id)
    with pytest.raises(LastAdministrator):
        accounts.change(boss, boss.id, "王总", EDITOR, "")

    kept = accounts.get(boss.id)
    assert (kept.person, kept.is_enabled) == (boss, True), "half of it was done"
    accounts.enable(boss, other.id)
    accounts.disable(other, boss.id)


def test_a_change_that_is_refused_leaves_no_entry(
    accounts: Accounts, engine: Engine, boss: Person
) -> None:
    before = last_action(engine)
    with pytest.raises(LastAdministrator):
        accounts.disable(boss, boss.id)

    assert last_action(engine) == before


@pytest.mark.parametrize("name", ["enable", "disable"])
def test_an_unknown_account_is_not_found(accounts: Accounts, boss: Person, name: str) -> None:
    with pytest.raises(AccountNotFound):
        getattr(accounts, name)(boss, "0" * 32)
    with pytest.raises(AccountNotFound):
        accounts.change(boss, "0" * 32, "林晓", EDITOR, "")


def test_a_team_begins_with_its_first_member_and_is_renamed(
    accounts: Accounts, engine: Engine, boss: Person
) -> None:
    people = [accounts.create(boss, f"a{n}", "坐席", EDITOR, "一班") for n in range(3)]
    accounts.disable(boss, people[0].id)
    teams = Teams(engine)
    (team,) = teams.all()
    teams.rename(boss, team.id, " 夜班 ")

    assert (team.name, team.members) == ("一班", 2)
    assert accounts.get(people[1].id).person.team == "夜班"
    assert last_action(engine) == ("王总（boss）", "team.renamed", team.id)


def test_two_teams_never_have_the_same_name(
    accounts: Accounts, engine: Engine, boss: Person
) -> None:
    for login, team in (("a1", "一班"), ("a2", "二班")):
        accounts.create(boss, login, "坐席", EDITOR, team)
    first, second = Teams(engine).all()
    with pytest.raises(AccountInvalid, match="一班"):
        Teams(engine).rename(boss, second.id, first.name)
    with pytest.raises(AccountNotFound):
        Teams(engine).rename(boss, "0" * 32, "三班")
    Teams(engine).rename(boss, first.id, first.name)
