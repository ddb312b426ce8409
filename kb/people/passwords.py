"""Passwords: argon2id, and never more of them at once than there are processors."""

from __future__ import annotations

import os
import threading

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from kb.errors import AccountInvalid

MIN_CHARS = 10
MAX_CHARS = 128

# OWASP's second choice for argon2id: 42 ms; the library's own takes eight times that.
_HASHER = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
# Each takes 19 MiB and a processor: a flood of sign-ins waits here.
_HASHING = threading.BoundedSemaphore(os.cpu_count() or 1)


def hash_password(password: str) -> str:
    """Return what is stored of a new password. Raises AccountInvalid for one of a wrong length."""
    if not MIN_CHARS <= len(password) <= MAX_CHARS:
        raise AccountInvalid(f"密码要有 {MIN_CHARS} 到 {MAX_CHARS} 个字符。")
    with _HASHING:
        return _HASHER.hash(password)


def is_right_password(password: str, password_hash: str) -> bool:
    """Return whether the password is the one that was hashed.

    An empty hash fits none, and takes as long: the time must not tell who has an account.
    """
    with _HASHING:
        try:
            if not password_hash:
                _HASHER.hash(password)
                return False
            return _HASHER.verify(password_hash, password)
        except (VerificationError, InvalidHashError):
            return False


def is_outdated_hash(password_hash: str) -> bool:
    """Return whether the hash was made with other parameters than a new one."""
    return _HASHER.check_needs_rehash(password_hash)
