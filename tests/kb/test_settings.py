"""Settings from the environment."""

from __future__ import annotations

import re
from dataclasses import fields
from pathlib import Path

import pytest

from kb.errors import SettingInvalid
from kb.settings import PACKAGED_CONTENT, Settings, read_settings, setting_variables

REPOSITORY = Path(__file__).resolve().parent.parent.parent


def test_an_empty_environment_gives_the_defaults() -> None:
    assert read_settings({}) == Settings()
    assert read_settings({"HOME": "/nowhere", "KB_UNKNOWN": "1"}) == Settings()


def test_without_a_chosen_folder_the_content_is_the_repository_once_there_is_one(
    tmp_path: Path,
) -> None:
    settings = read_settings({"KB_DATA_DIR": str(tmp_path)})
    assert settings.content_folder == PACKAGED_CONTENT
    assert (PACKAGED_CONTENT / "procedures").is_dir()
    (settings.repository_dir / ".git").mkdir(parents=True)
    assert settings.content_folder == tmp_path / "content"


def test_a_chosen_folder_is_the_content_whatever_there_is(tmp_path: Path) -> None:
    (tmp_path / "content" / ".git").mkdir(parents=True)
    chosen = {"KB_DATA_DIR": str(tmp_path), "KB_CONTENT_DIR": str(PACKAGED_CONTENT)}

    assert read_settings(chosen).content_folder == PACKAGED_CONTENT


@pytest.mark.parametrize(
    ("variable", "text", "field", "value"),
    [
        ("KB_CONTENT_DIR", "/srv/content", "content_dir", Path("/srv/content")),
        ("KB_DATA_DIR", "数据", "data_dir", Path("数据")),
        ("KB_DATABASE_URL", "sqlite:////srv/kb.db", "database_url", "sqlite:////srv/kb.db"),
        ("KB_HOST", "0.0.0.0", "host", "0.0.0.0"),  # noqa: S104 - only read
        ("KB_PORT", "9000", "port", 9000),
        ("KB_WORKERS", " 4 ", "workers", 4),
        ("KB_POLL_SECONDS", "0.25", "poll_seconds", 0.25),
        ("KB_SCRUB_SECONDS", "30", "scrub_seconds", 30.0),
        ("KB_REVIEW_GRACE_DAYS", "7", "review_grace_days", 7),
        (
            "KB_PANEL_ORIGINS",
            "https://crm.example.com, https://10.0.0.5:8443,http://127.0.0.1:9000,http://localhost",
            "panel_origins",
            (
                "https://crm.example.com",
                "https://10.0.0.5:8443",
                "http://127.0.0.1:9000",
                "http://localhost",
            ),
        ),
        ("KB_PANEL_ORIGINS", "", "panel_origins", ()),
        ("KB_PUBLIC_URL", "https://kb.example.com", "public_url", "https://kb.example.com"),
        ("KB_OIDC_LOGIN_CLAIM", "email", "oidc_login_claim", "email"),
    ],
)
def test_a_variable_sets_its_field(variable: str, text: str, field: str, value: object) -> None:
    assert getattr(read_settings({variable: text}), field) == value


@pytest.mark.parametrize("variable", ["KB_PORT", "KB_WORKERS", "KB_POLL_SECONDS"])
@pytest.mark.parametrize("text", ["", "many", "0", "-1", "nan"])
def test_a_value_that_is_no_positive_number_is_refused_by_name(variable: str, text: str) -> None:
    with pytest.raises(SettingInvalid, match=f"{variable}={text!r}"):
        read_settings({variable: text})


def test_a_count_is_a_whole_number() -> None:
    with pytest.raises(SettingInvalid, match="KB_PORT"):
        read_settings({"KB_PORT": "80.5"})


@pytest.mark.parametrize(
    "origin",
    [
        "*",
        "https://*.example.com",
        "crm.example.com",
        "http://crm.example.com",
        "http://localhost.example.com",
        "https://crm.example.com/",
        "https://crm.example.com/desk",
        "https://crm.example.com:443",
        "http://localhost:80",
        "https://CRM.example.com",
        "https://agent@crm.example.com",
        "https://crm.example.com; script-src *",
        "https://crm.example.com\nx: y",
        "https://工单.example.com",
        "'self'",
        "null",
    ],
)
def test_what_is_no_origin_as_browsers_write_it_is_refused_by_name(origin: str) -> None:
    with pytest.raises(SettingInvalid, match="KB_PANEL_ORIGINS") as caught:
        read_settings({"KB_PANEL_ORIGINS": f"https://a.example.com,{origin}"})

    assert repr(origin) in str(caught.value)
    assert "https://crm.example.com 这样" in str(caught.value)


OIDC = {
    "KB_PUBLIC_URL": "https://kb.example.com",
    "KB_OIDC_ISSUER": "https://login.example.com/realms/floor",
    "KB_OIDC_CLIENT_ID": "kb",
    "KB_OIDC_CLIENT_SECRET": "geheim",
}


def test_secrets_are_not_printed_with_the_settings() -> None:
    settings = read_settings({**OIDC, "KB_DATABASE_URL": "postgresql://kb:heimlich@db/kb"})

    assert settings.oidc_client_secret == "geheim"  # noqa: S105 - nobody's
    assert settings.database_url.endswith("heimlich@db/kb")
    assert "geheim" not in repr(settings)
    assert "heimlich" not in repr(settings)


@pytest.mark.parametrize("variable", [name for name in OIDC if name != "KB_OIDC_ISSUER"])
def test_an_issuer_needs_the_other_settings(variable: str) -> None:
    with pytest.raises(SettingInvalid, match=variable):
        read_settings({**OIDC, variable: ""})


@pytest.mark.parametrize(
    "issuer",
    [
        "login.example.com",
        "http://login.example.com",
        "https://login.example.com/?tenant=1",
        "https://login.example.com/#x",
        "https://user@login.example.com",
        "https://login.example.com\n",
        "javascript:alert(1)",
    ],
)
def test_an_issuer_is_an_address_that_nobody_can_read_along(issuer: str) -> None:
    with pytest.raises(SettingInvalid, match="KB_OIDC_ISSUER"):
        read_settings({**OIDC, "KB_OIDC_ISSUER": issuer})


@pytest.mark.parametrize("url", ["kb.example.com", "http://kb.example.com", "https://kb/", "*"])
def test_the_public_address_is_an_origin(url: str) -> None:
    with pytest.raises(SettingInvalid, match="KB_PUBLIC_URL"):
        read_settings({"KB_PUBLIC_URL": url})


def test_the_pattern_of_tickets_is_a_regular_expression() -> None:
    assert read_settings({"KB_TICKET_PATTERN": r"T\d+"}).ticket_pattern == re.compile(r"T\d+")
    with pytest.raises(SettingInvalid, match=r"KB_TICKET_PATTERN='\['"):
        read_settings({"KB_TICKET_PATTERN": "["})


def test_the_environment_of_the_process_is_read_by_default(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("KB_PORT", "9001")
    assert read_settings().port == 9001


def test_the_index_lies_below_the_data_folder() -> None:
    assert read_settings({"KB_DATA_DIR": "/srv"}).index_dir == Path("/srv/index")


def test_the_database_lies_in_the_data_folder() -> None:
    assert read_settings({"KB_DATA_DIR": "/srv"}).database_file == Path("/srv/kb.sqlite3")


def test_every_field_has_its_own_variable_and_a_chinese_meaning() -> None:
    variables = setting_variables()
    assert list(variables) == [field.name for field in fields(Settings)]
    assert len({variable.name for variable in variables.values()}) == len(variables)
    for name, variable in variables.items():
        assert variable.name == f"KB_{name.upper()}"
        assert any("\u4e00" <= character <= "\u9fff" for character in variable.meaning)


def test_every_variable_stands_in_the_readme() -> None:
    readme = (REPOSITORY / "README.md").read_text(encoding="utf-8")
    missing = [item.name for item in setting_variables().values() if item.name not in readme]
    assert missing == []
