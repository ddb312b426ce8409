"""Settings from the environment. The only module of `kb` that reads it."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Annotated, Any, get_type_hints

from kb.errors import SettingInvalid

PACKAGED_CONTENT = Path(__file__).resolve().parent.parent / "content"


@dataclass(frozen=True, slots=True)
class Variable:
    """The environment variable behind a setting, and its meaning for staff."""

    name: str
    meaning: str


@dataclass(frozen=True, slots=True)
class Settings:
    """Where things are and how the server runs; every field has an environment variable."""

    content_dir: Annotated[Path, Variable("KB_CONTENT_DIR", "规程所在的文件夹")] = PACKAGED_CONTENT
    data_dir: Annotated[Path, Variable("KB_DATA_DIR", "索引和数据库所在的文件夹")] = Path("var")
    database_url: Annotated[
        str, Variable("KB_DATABASE_URL", "数据库地址，默认是数据文件夹里的 kb.sqlite3")
    ] = ""
    host: Annotated[str, Variable("KB_HOST", "监听地址")] = "127.0.0.1"
    port: Annotated[int, Variable("KB_PORT", "监听端口")] = 8000
    workers: Annotated[int, Variable("KB_WORKERS", "网页进程数")] = 2
    poll_seconds: Annotated[float, Variable("KB_POLL_SECONDS", "多久核对一次内容（秒）")] = 0.5
    scrub_seconds: Annotated[float, Variable("KB_SCRUB_SECONDS", "多久核对一次索引（秒）")] = 60.0

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
    return Settings(
        **{
            name: _convert(variable.name, environment[variable.name], hints[name])
            for name, variable in setting_variables().items()
            if variable.name in environment
        }
    )


def _convert(variable: str, text: str, kind: type) -> Any:
    converters: dict[type, Callable[[str], Any]] = {int: int, float: float, str: str}
    try:
        value = converters.get(kind, Path)(text)
    except ValueError:
        raise SettingInvalid(f"环境变量 {variable}={text!r} 不是有效的数字。") from None
    if isinstance(value, int | float) and not value > 0:
        raise SettingInvalid(f"环境变量 {variable}={text!r} 必须大于 0。")
    return value
