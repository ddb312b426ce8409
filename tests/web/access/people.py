"""People for tests: accounts in a site's database, and their browsers."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Engine
from starlette.testclient import TestClient

from kb.people import Person, Role
from kb.people.accounts import Accounts
from kb.people.sessions import begin_session, csrf_token
from kb.state import open_database, upgrade_database
from tests.web.site import Site

COOKIE = "kb_session"


def open_state(site: Site) -> Engine:
    """Return the engine of a site's database, its tables made."""
    engine = open_database(site.settings)
    upgrade_database(engine)
    return engine


def add_person(site: Site, login: str, *roles: Role, team: str = "") -> Person:
    """Return somebody with a new account and no password."""
    accounts = Accounts(open_state(site), site.now)
    return accounts.create(None, login, f"{login}的姓名", frozenset(roles), team)


def new_session(site: Site, person: Person) -> str:
    """Return the id of a new session of somebody: what their browser holds as its cookie."""
    with open_state(site).begin() as connection:
        return begin_session(connection, person, site.now())


def sign_in(site: Site, client: TestClient, person: Person) -> dict[str, str]:
    """Sign somebody in without the form, and return the headers with the token of the session."""
    session_id = new_session(site, person)
    client.cookies.set(COOKIE, session_id)
    return {"X-CSRF-Token": csrf_token(session_id)}


@contextmanager
def browser_of(site: Site, person: Person) -> Iterator[TestClient]:
    """Give a client that is signed in and sends the token with everything."""
    with site.client() as client:
        client.headers.update(sign_in(site, client, person))
        yield client
