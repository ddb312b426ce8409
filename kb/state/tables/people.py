"""Who may do what: accounts, their sessions, and how they signed in."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, ForeignKey, String, Table

from kb.state.tables.base import UtcDateTime, account_column, id_column, metadata

teams = Table(
    "teams",
    metadata,
    id_column(),
    Column("name", String, nullable=False, unique=True),
)

# The fields of `kb.people.Person`, and how the account signs in.
accounts = Table(
    "accounts",
    metadata,
    id_column(),
    Column("login", String, nullable=False, unique=True),
    Column("name", String, nullable=False),
    # Empty: signs in with OIDC alone, or has not yet set a password.
    Column("password_hash", String, nullable=False),
    # Issuer and subject; null: not linked.
    Column("oidc_subject", String, nullable=True, unique=True),
    Column("team_id", String(32), ForeignKey("teams.id"), nullable=True),
    Column("is_enabled", Boolean, nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
)

account_roles = Table(
    "account_roles",
    metadata,
    Column("account_id", String(32), ForeignKey("accounts.id"), primary_key=True),
    Column("role", String, primary_key=True),
)

# What the browser holds is never stored, only its sha256.
sessions = Table(
    "sessions",
    metadata,
    Column("id_hash", String(64), primary_key=True),
    Column("account_id", String(32), ForeignKey("accounts.id"), nullable=False, index=True),
    Column("created_at", UtcDateTime, nullable=False),
    Column("seen_at", UtcDateTime, nullable=False),
    Column("expires_at", UtcDateTime, nullable=False),
)

sign_in_attempts = Table(
    "sign_in_attempts",
    metadata,
    id_column(),
    Column("at", UtcDateTime, nullable=False, index=True),
    # sha256 of the name that was typed: somebody may have typed a password there.
    Column("login_hash", String(64), nullable=False),
    Column("address", String, nullable=False),
    Column("succeeded", Boolean, nullable=False),
)

one_time_links = Table(
    "one_time_links",
    metadata,
    Column("token_hash", String(64), primary_key=True),
    # Null: the link makes the first administrator.
    account_column("account_id", nullable=True),
    Column("expires_at", UtcDateTime, nullable=False),
    Column("used_at", UtcDateTime, nullable=True),
)

# A sign-in with OIDC on its way: what the answer of the provider is compared with.
oidc_requests = Table(
    "oidc_requests",
    metadata,
    Column("state_hash", String(64), primary_key=True),
    Column("nonce", String, nullable=False),
    Column("code_verifier", String, nullable=False),
    Column("next_path", String, nullable=False),
    Column("expires_at", UtcDateTime, nullable=False),
)
