"""Passwords are kept as argon2id, and compared at the same cost for everybody."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from argon2 import PasswordHasher

from kb.errors import AccountInvalid
from kb.people import passwords
from kb.people.passwords import (
    MAX_CHARS,
    MIN_CHARS,
    hash_password,
    is_outdated_hash,
    is_right_password,
)

PASSWORD = "四个不相干的词连起来"  # noqa: S105


class WatchedHasher(PasswordHasher):
    """Counts what it is asked for, and how much of it at the same time."""

    def __init__(self) -> None:
        super().__init__(time_cost=1, memory_cost=64, parallelism=1)
        self.calls = self.running = self.most_running = 0
        self._lock = threading.Lock()

    def _counted(self, work: Any, *arguments: Any) -> Any:
        with self._lock:
            self.calls += 1
            self.running += 1
            self.most_running = max(self.most_running, self.running)
        try:
            return work(*arguments)
        finally:
            with self._lock:
                self.running -= 1

    def hash(self, password: str | bytes, *, salt: bytes | None = None) -> str:
        """Return the hash, counted."""
        return str(self._counted(super().hash, password))

    def verify(self, hash: str | bytes, password: str | bytes) -> Any:  # noqa: A002
        """Compare, counted."""
        return self._counted(super().verify, hash, password)


def test_a_password_is_right_and_any_other_is_wrong() -> None:
    stored = hash_password(PASSWORD)

    assert is_right_password(PASSWORD, stored)
    assert not is_right_password(PASSWORD + " ", stored)
    assert not is_right_password("", stored)


def test_a_hash_is_argon2id_with_the_parameters_of_the_design() -> None:
    stored = hash_password(PASSWORD)

    assert stored.startswith("$argon2id$v=19$m=19456,t=2,p=1$")
    assert stored != hash_password(PASSWORD), "no salt"


@pytest.mark.parametrize("length", [0, MIN_CHARS - 1, MAX_CHARS + 1])
def test_a_password_of_a_wrong_length_is_refused(length: int) -> None:
    with pytest.raises(AccountInvalid, match=f"{MIN_CHARS} 到 {MAX_CHARS}"):
        hash_password("密" * length)


@pytest.mark.parametrize("length", [MIN_CHARS, MAX_CHARS])
def test_a_password_of_a_good_length_is_taken(length: int) -> None:
    assert is_right_password("密" * length, hash_password("密" * length))


@pytest.mark.parametrize("stored", ["", "x", "$argon2id$", "!" * 97])
def test_what_is_no_hash_fits_no_password(stored: str) -> None:
    assert not is_right_password(PASSWORD, stored)


def test_comparing_with_nothing_costs_a_hash_too(monkeypatch: pytest.MonkeyPatch) -> None:
    hasher = WatchedHasher()
    monkeypatch.setattr(passwords, "_HASHER", hasher)
    is_right_password(PASSWORD, "")

    assert hasher.calls == 1


def test_a_hash_of_other_parameters_is_outdated() -> None:
    assert is_outdated_hash(PasswordHasher(time_cost=1, memory_cost=64).hash(PASSWORD))
    assert not is_outdated_hash(hash_password(PASSWORD))


def test_no_more_are_hashed_at_once_than_there_is_room_for(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    hasher = WatchedHasher()
    monkeypatch.setattr(passwords, "_HASHER", hasher)
    monkeypatch.setattr(passwords, "_HASHING", threading.BoundedSemaphore(2))
    with ThreadPoolExecutor(8) as flood:
        list(flood.map(hash_password, [PASSWORD] * 200))

    assert hasher.calls == 200
    assert hasher.most_running <= 2
