"""How often somebody may try: counted by account and by address, never against who is at home."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import Engine, select

from kb.errors import TooManyTries
from kb.people.throttle import (
    MOST_PER_ADDRESS,
    MOST_PER_LOGIN,
    SignInThrottle,
    note_success,
)
from kb.settings import Settings
from kb.state import open_database
from kb.state.tables import sign_in_attempts
from tests.kb.people.conftest import MovableClock

HOME, ELSEWHERE = "10.0.0.7", "10.9.9.9"


@pytest.fixture
def throttle(engine: Engine, clock: MovableClock) -> SignInThrottle:
    return SignInThrottle(engine, clock)


def is_admitted(throttle: SignInThrottle, login: str, address: str) -> bool:
    try:
        throttle.admit(login, address)
    except TooManyTries:
        return False
    return True


def fail(throttle: SignInThrottle, times: int, login: str, address: str) -> None:
    for _ in range(times):
        assert is_admitted(throttle, login, address)


def succeed(engine: Engine, throttle: SignInThrottle, login: str, address: str) -> None:
    attempt_id = throttle.admit(login, address)
    with engine.begin() as connection:
        note_success(connection, attempt_id)


def test_an_account_is_tried_ten_times_from_wherever(throttle: SignInThrottle) -> None:
    for number in range(MOST_PER_LOGIN):
        fail(throttle, 1, "lin", f"10.0.1.{number}")

    assert not is_admitted(throttle, "lin", "10.0.2.1")
    assert not is_admitted(throttle, " LIN ", "10.0.2.1"), "written otherwise"
    assert is_admitted(throttle, "wu", "10.0.2.1")


def test_an_address_tries_fifty_times_whoever_is_tried(throttle: SignInThrottle) -> None:
    for number in range(MOST_PER_ADDRESS):
        fail(throttle, 1, f"user{number}", ELSEWHERE)

    assert not is_admitted(throttle, "lin", ELSEWHERE)
    assert is_admitted(throttle, "lin", HOME)


def test_after_a_quarter_of_an_hour_one_may_try_again(
    throttle: SignInThrottle, clock: MovableClock
) -> None:
    fail(throttle, MOST_PER_LOGIN, "lin", ELSEWHERE)
    clock.move(minutes=14, seconds=59)
    assert not is_admitted(throttle, "lin", ELSEWHERE)
    clock.move(seconds=1)

    assert is_admitted(throttle, "lin", ELSEWHERE)


def test_a_try_that_was_not_admitted_does_not_count(
    throttle: SignInThrottle, clock: MovableClock
) -> None:
    fail(throttle, MOST_PER_LOGIN, "lin", ELSEWHERE)
    for _ in range(20):
        clock.move(minutes=1)
        is_admitted(throttle, "lin", ELSEWHERE)

    assert is_admitted(throttle, "lin", ELSEWHERE)


def test_strangers_lock_nobody_out_where_they_signed_in_lately(
    engine: Engine, throttle: SignInThrottle, clock: MovableClock
) -> None:
    succeed(engine, throttle, "lin", HOME)
    clock.move(days=29)
    fail(throttle, MOST_PER_LOGIN, "lin", ELSEWHERE)

    assert not is_admitted(throttle, "lin", ELSEWHERE)
    assert is_admitted(throttle, "lin", HOME)


def test_a_colleague_behind_the_same_address_locks_nobody_out(
    engine: Engine, throttle: SignInThrottle
) -> None:
    succeed(engine, throttle, "lin", HOME)
    for number in range(MOST_PER_ADDRESS):
        fail(throttle, 1, f"user{number}", HOME)

    assert is_admitted(throttle, "lin", HOME)
    assert not is_admitted(throttle, "wu", HOME)


def test_at_home_ten_failures_are_enough_too(engine: Engine, throttle: SignInThrottle) -> None:
    succeed(engine, throttle, "lin", HOME)
    fail(throttle, MOST_PER_LOGIN, "lin", HOME)

    assert not is_admitted(throttle, "lin", HOME)


def test_an_address_is_home_for_thirty_days(
    engine: Engine, throttle: SignInThrottle, clock: MovableClock
) -> None:
    succeed(engine, throttle, "lin", HOME)
    clock.move(days=30, seconds=1)
    fail(throttle, MOST_PER_LOGIN, "lin", ELSEWHERE)

    assert not is_admitted(throttle, "lin", HOME)
    with engine.connect() as connection:
        ages = connection.execute(select(sign_in_attempts.c.at)).scalars().all()
    assert min(ages) == clock(), "older ones are kept"


def test_a_network_of_ipv6_counts_as_one_address(throttle: SignInThrottle) -> None:
    for number in range(MOST_PER_ADDRESS):
        fail(throttle, 1, f"user{number}", f"2001:db8:1:2::{number:x}")

    assert not is_admitted(throttle, "lin", "2001:db8:1:2:ffff::1")
    assert is_admitted(throttle, "lin", "2001:db8:1:3::1")


def test_what_was_typed_as_the_login_is_not_stored(
    engine: Engine, throttle: SignInThrottle
) -> None:
    throttle.admit("mein passwort", "no address")
    with engine.connect() as connection:
        assert "passwort" not in str(connection.execute(select(sign_in_attempts)).all())


def test_tries_at_the_same_time_are_counted_together(
    engine: Engine, clock: MovableClock, tmp_path: object
) -> None:
    # As several processes do: each with an engine of its own.
    url = engine.url.render_as_string(hide_password=False)
    throttles = [SignInThrottle(open_database(Settings(database_url=url)), clock) for _ in range(4)]
    with ThreadPoolExecutor(8) as flood:
        admitted = list(
            flood.map(lambda n: is_admitted(throttles[n % 4], "lin", f"10.0.1.{n}"), range(60))
        )

    assert sum(admitted) == MOST_PER_LOGIN
