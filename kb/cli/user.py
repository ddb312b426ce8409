"""`kb user`: accounts from the command line, the first ones and those of who is locked out."""

from __future__ import annotations

from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from kb.cli.common import JsonOption, open_state, print_json
from kb.errors import AccountNotFound
from kb.people import Role, name_roles
from kb.settings import Settings, read_settings

_COLUMNS = ("登录名", "姓名", "角色", "班组", "状态")

Login = Annotated[str, typer.Argument(help="登录名，如 lin.xiao。")]
Name = Annotated[str, typer.Option("--name", help="姓名，同事和发布记录里看到的。")]
Roles = Annotated[
    list[str], typer.Option("--role", help=f"角色，可多次：{'、'.join(Role)}。", metavar="角色")
]
Team = Annotated[str, typer.Option("--team", help="班组；没有就新建。")]


def link_address(settings: Settings, path: str, token: str, port: int = 0) -> str:
    """Return the address of a one-time link: the public one, or one on this machine."""
    if settings.public_url:
        return f"{settings.public_url}{path}?token={token}"
    # Where the server listens on all addresses, this machine's own is one of them.
    host = "127.0.0.1" if settings.host in ("0.0.0.0", "::") else settings.host  # noqa: S104 - compared
    return f"http://{host}:{port or settings.port}{path}?token={token}"


def add(login: Login, name: Name, role: Roles, team: Team = "") -> None:
    """开一个账号，打印一次性链接：本人用它设密码。"""
    # Only commands like these and the one that serves need the database.
    from kb.people.accounts import Accounts, read_roles
    from kb.people.links import OneTimeLinks

    settings = read_settings()
    engine = open_state(settings)
    person = Accounts(engine).create(None, login, name, read_roles(role), team)
    token = OneTimeLinks(engine).make(None, person.id)
    print(f"已开账号：{person.name}（{person.login}）。请本人在 24 小时内打开，用一次就作废：")
    print(link_address(settings, "/password", token))


def disable(login: Login) -> None:
    """停用一个账号，已经登录的立刻退出。"""
    from kb.people.accounts import Accounts

    accounts = Accounts(open_state(read_settings()))
    account = accounts.find(login)
    if account is None:
        raise AccountNotFound(f"没有登录名为“{login}”的账号。")
    accounts.disable(None, account.person.id)
    print(f"已停用：{account.person.name}（{account.person.login}）。")


def list_accounts(json_output: JsonOption = False) -> None:
    """列出全部账号。"""
    from kb.people.accounts import Accounts

    accounts = Accounts(open_state(read_settings())).all()
    if json_output:
        print_json({"accounts": [account.as_json() for account in accounts]})
        return
    table = Table(*_COLUMNS)
    for account in accounts:
        person = account.person
        texts = (Text(person.name), name_roles(person.roles), Text(person.team))  # no markup
        table.add_row(person.login, *texts, account.state)
    Console().print(table)
