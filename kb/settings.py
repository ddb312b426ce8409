"""Settings from the environment. The only module of `kb` that reads it."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Annotated, Any, get_type_hints

from kb.errors import SettingInvalid

PACKAGED_CONTENT = Path(__file__).resolve().parent.parent / "content"

# As a browser writes it: lower case, nothing after the port, no port that goes without saying.
_ORIGIN = re.compile(
    r"https://[a-z0-9]([a-z0-9.-]*[a-z0-9])?(:(?!443$)[1-9]\d{0,4})?"
    r"|http://(localhost|127\.0\.0\.1)(:(?!80$)[1-9]\d{0,4})?"
)
_ISSUER = re.compile(
    r"(https://[a-zA-Z0-9.-]+|http://(localhost|127\.0\.0\.1))(:\d+)?(/[a-zA-Z0-9_.~%/-]*)?"
)
_OIDC_NEEDS = ("oidc_client_id", "oidc_client_secret", "oidc_login_claim", "public_url")


@dataclass(frozen=True, slots=True)
class Variable:
    """The environment variable behind a setting, and its meaning for staff."""

    name: str
    meaning: str


@dataclass(frozen=True, slots=True)
class Settings:
    """Where things are and how the server runs; every field has an environment variable.

    What is or may hold a secret is left out where settings are printed.
    """

    content_dir: Annotated[
        Path | None, Variable("KB_CONTENT_DIR", "规程所在的文件夹，默认是本机的内容仓库")
    ] = None
    data_dir: Annotated[Path, Variable("KB_DATA_DIR", "索引和数据库所在的文件夹")] = Path("var")
    database_url: Annotated[
        str, Variable("KB_DATABASE_URL", "数据库地址，默认是数据文件夹里的 kb.sqlite3")
    ] = field(default="", repr=False)
    host: Annotated[str, Variable("KB_HOST", "监听地址")] = "127.0.0.1"
    port: Annotated[int, Variable("KB_PORT", "监听端口")] = 8000
    workers: Annotated[int, Variable("KB_WORKERS", "网页进程数")] = 2
    poll_seconds: Annotated[float, Variable("KB_POLL_SECONDS", "多久核对一次内容（秒）")] = 0.5
    scrub_seconds: Annotated[float, Variable("KB_SCRUB_SECONDS", "多久核对一次索引（秒）")] = 60.0
    review_grace_days: Annotated[
        int, Variable("KB_REVIEW_GRACE_DAYS", "复审逾期多少天后，在检索里排到相近的规程后面")
    ] = 30
    panel_origins: Annotated[
        tuple[str, ...], Variable("KB_PANEL_ORIGINS", "可以嵌入侧边面板的网页来源，用逗号分开")
    ] = ()
    public_url: Annotated[
        str, Variable("KB_PUBLIC_URL", "员工的浏览器打开知识库用的地址，如 https://kb.example.com")
    ] = ""
    oidc_issuer: Annotated[
        str, Variable("KB_OIDC_ISSUER", "公司账号系统（OIDC）的地址；不填就只用本地账号")
    ] = ""
    oidc_client_id: Annotated[
        str, Variable("KB_OIDC_CLIENT_ID", "知识库在公司账号系统里的客户端编号")
    ] = ""
    oidc_client_secret: Annotated[
        str, Variable("KB_OIDC_CLIENT_SECRET", "知识库在公司账号系统里的密钥")
    ] = field(default="", repr=False)
    oidc_login_claim: Annotated[
        str, Variable("KB_OIDC_LOGIN_CLAIM", "公司账号系统的哪一项等于登录名，首次登录时对账号用")
    ] = "preferred_username"
    ticket_pattern: Annotated[
        re.Pattern[str], Variable("KB_TICKET_PATTERN", "工单号的写法（正则表达式）")
    ] = re.compile(r"[A-Za-z]{2,8}-[0-9]{4,14}")
    """How the CRM writes its tickets' numbers, which are stored as they are: no number that names
    a person may look like one."""

    @property
    def repository_dir(self) -> Path:
        """Folder of the content repository that is started when no other content is chosen."""
        return self.data_dir / "content"

    @property
    def content_folder(self) -> Path:
        """Where the content lies: the folder chosen, the repository once started, or the pack."""
        if self.content_dir is not None:
            return self.content_dir
        is_started = (self.repository_dir / ".git").is_dir()
        return self.repository_dir if is_started else PACKAGED_CONTENT

    @property
    def index_dir(self) -> Path:
        """Folder of all index generations."""
        return self.data_dir / "index"

    @property
    def database_file(self) -> Path:
        """Where the database lies unless `database_url` names another."""
        return self.data_dir / "kb.sqlite3"


def setting_variables() -> dict[str, Variable]:
    """Return field of Settings → its variable, in declared order."""
    hints = get_type_hints(Settings, include_extras=True)
    return {item.name: hints[item.name].__metadata__[0] for item in fields(Settings)}


def read_settings(environment: Mapping[str, str] | None = None) -> Settings:
    """Return the settings found in `environment` (the process's own by default).

    Raises SettingInvalid naming the variable and the value that does not fit.
    """
    environment = os.environ if environment is None else environment
    hints = get_type_hints(Settings)
    settings = Settings(
        **{
            name: _convert(variable.name, environment[variable.name], hints[name])
            for name, variable in setting_variables().items()
            if variable.name in environment
        }
    )
    _check_addresses(settings)
    return settings


def _convert(variable: str, text: str, kind: type) -> Any:
    if kind == tuple[str, ...]:
        return _origins(variable, text)
    if kind == re.Pattern[str]:
        return _pattern(variable, text)
    converters: dict[type, Callable[[str], Any]] = {int: int, float: float, str: str}
    try:
        value = converters.get(kind, Path)(text)
    except ValueError:
        raise SettingInvalid(f"环境变量 {variable}={text!r} 不是有效的数字。") from None
    if isinstance(value, int | float) and not value > 0:
        raise SettingInvalid(f"环境变量 {variable}={text!r} 必须大于 0。")
    return value


def _check_addresses(settings: Settings) -> None:
    if settings.public_url and not _ORIGIN.fullmatch(settings.public_url):
        raise SettingInvalid(
            f"环境变量 KB_PUBLIC_URL={settings.public_url!r} 要写成 https://kb.example.com 这样："
            "小写，只有协议、域名和端口，默认端口不写，末尾没有斜杠。"
        )
    if not settings.oidc_issuer:
        return
    if not _ISSUER.fullmatch(settings.oidc_issuer):
        raise SettingInvalid(
            f"环境变量 KB_OIDC_ISSUER={settings.oidc_issuer!r} 要与公司账号系统自己写的一字不差，"
            "以 https:// 开头，没有问号和井号。"
        )
    for name in _OIDC_NEEDS:
        if not getattr(settings, name):
            variable = setting_variables()[name].name
            raise SettingInvalid(f"填了 KB_OIDC_ISSUER，也要填环境变量 {variable}。")


def _pattern(variable: str, text: str) -> re.Pattern[str]:
    try:
        return re.compile(text)
    except re.error as error:
        message = f"环境变量 {variable}={text!r} 不是有效的正则表达式：{error}。"
        raise SettingInvalid(message) from None


def _origins(variable: str, text: str) -> tuple[str, ...]:
    origins = tuple(item.strip() for item in text.split(",") if item.strip())
    for origin in origins:
        if not _ORIGIN.fullmatch(origin):
            raise SettingInvalid(
                f"环境变量 {variable} 里的 {origin!r} 不是网页来源。写成 https://crm.example.com"
                " 这样：小写，只有协议、域名和端口，默认端口不写，末尾没有斜杠；"
                "http 只能用于试用的 http://localhost 和 http://127.0.0.1；多个用逗号分开。"
            )
    return origins
