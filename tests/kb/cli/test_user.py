"""`kb user`."""

from __future__ import annotations

import re

import pytest

from kb.audit import read_trail
from kb.people import Role
from kb.people.links import OneTimeLinks
from kb.settings import Settings
from kb.state import open_database
from tests.kb.cli.commands import Shell, assert_refused

ADD = ("user", "add", "Lin.Xiao", "--name", "林晓", "--role", "编辑", "--role", "坐席")


def listed(shell: Shell) -> list[dict[str, object]]:
    accounts: list[dict[str, object]] = shell.run("user", "list", "--json").json["accounts"]
    return accounts


def test_an_account_is_added_and_its_link_printed(shell: Shell) -> None:
    finished = shell.run(*ADD, "--team", "一班", KB_PORT="8123")

    assert (finished.code, finished.errors) == (0, "")
    link = re.search(r"^http://127\.0\.0\.1:8123/password\?token=(\S{43})$", finished.output, re.M)
    assert link
    person = OneTimeLinks(open_database(Settings(data_dir=shell.data))).person(link[1])
    assert (person.login, person.name, person.team) == ("lin.xiao", "林晓", "一班")
    assert person.roles == {Role.EDITOR, Role.AGENT}


@pytest.mark.parametrize(
    ("host", "shown"),
    [("0.0.0.0", "127.0.0.1"), ("::", "127.0.0.1"), ("kb.lan", "kb.lan")],  # noqa: S104
)
def test_a_link_names_an_address_that_can_be_opened(shell: Shell, host: str, shown: str) -> None:
    assert f"http://{shown}:8000/password" in shell.run(*ADD, KB_HOST=host).output


def test_a_link_names_the_public_address_where_there_is_one(shell: Shell) -> None:
    printed = shell.run(*ADD, KB_PUBLIC_URL="https://kb.example.com").output

    assert "https://kb.example.com/password?token=" in printed


def test_accounts_are_listed_for_people(shell: Shell) -> None:
    shell.run("user", "add", "lin", "--name", "林[red]晓", "--role", "编辑", "--role", "坐席")
    finished = shell.run("user", "list", COLUMNS="120")

    (row,) = [line for line in finished.output.splitlines() if "lin" in line]
    cells = [cell.strip() for cell in row.split("│")[1:6]]
    assert cells == ["lin", "林[red]晓", "坐席、编辑", "", "未设密码"]


def test_accounts_are_listed_for_programs(shell: Shell) -> None:
    shell.run(*ADD)
    (account,) = listed(shell)

    assert account["login"] == "lin.xiao"
    assert (account["roles"], account["enabled"]) == (["坐席", "编辑"], True)
    assert account["has_password"] is False


def test_an_account_is_disabled(shell: Shell) -> None:
    shell.run("user", "add", "boss", "--name", "王总", "--role", "管理员")
    shell.run(*ADD)
    finished = shell.run("user", "disable", "LIN.XIAO")

    assert finished.code == 0
    assert "林晓" in finished.output
    assert {item["login"]: item["enabled"] for item in listed(shell)} == {
        "boss": True,
        "lin.xiao": False,
    }
    *_, entry = read_trail(open_database(Settings(data_dir=shell.data)))
    assert (entry.actor, entry.action) == ("系统", "account.disabled")


def test_the_last_administrator_is_not_disabled(shell: Shell) -> None:
    shell.run("user", "add", "boss", "--name", "王总", "--role", "管理员")

    assert_refused(shell.run("user", "disable", "boss"), "最后一位")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("add", "lin", "--name", "林晓", "--role", "老板"), "坐席、编辑"),
        (("add", "林晓", "--name", "林晓", "--role", "编辑"), "登录名"),
        (("add", "lin", "--name", "", "--role", "编辑"), "名称"),
        (("add", "lin", "--name", "林晓"), "role"),
        (("add", "lin", "--role", "编辑"), "name"),
        (("disable", "nobody"), "nobody"),
    ],
)
def test_what_is_wrong_is_said(shell: Shell, arguments: tuple[str, ...], words: str) -> None:
    assert_refused(shell.run("user", *arguments), words)


def test_a_login_is_taken_once(shell: Shell) -> None:
    shell.run(*ADD)

    assert_refused(shell.run(*ADD), "已经有人")
