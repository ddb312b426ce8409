"""A desk for tests: a small content folder, the builder of its index and a knowledge base."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path

from kb.content import FolderSource
from kb.indexing import IndexBuilder, current_generation
from kb.indexing.generation import Generation
from kb.knowledge_base import KnowledgeBase
from kb.knowledge_view import KnowledgeView
from kb.settings import Settings
from tests.clocks import instant
from tests.content_samples import REFERENCE_FILES, write_folder
from tests.dictionaries import lay_dictionary

TODAY = date(2026, 6, 1)
NEVER_SCRUB = 1e9
ALWAYS_SCRUB = 1e-9
_PROCEDURE = """\
---
id: {id}
title: {title}
category: 保全
summary: {summary}
says: {says}
applies: {{regions: [{regions}]}}
owner: 保全运营
effective_from: {start}
{more}review_by: 2026-12-31
---
## 办理步骤
1. {step} {{#act}}
## 合规提示
- 提示: {note}〔示例法§6〕 {{#note}}
"""
_SAYS = ("说法甲", "说法乙", "说法丙", "说法丁", "说法戊", "说法己")


def path_of(procedure_id: str) -> str:
    """Return where a procedure of the desk stands in its content."""
    return f"procedures/保全/{procedure_id}.md"


def procedure_text(procedure_id: str, title: str, **changes: str) -> str:
    """Return a procedure without faults; `changes` fills summary, says, regions, start, step, …"""
    values = {
        "summary": f"{title}由投保人申请。",
        "says": f"[{title}, {'、'.join(_SAYS)}, {', '.join(_SAYS)}]",
        "regions": "",
        "start": "2026-01-01",
        "more": "",
        "step": "登记申请。",
        "note": "只收必要的信息",
        **changes,
    }
    return _PROCEDURE.format(id=procedure_id, title=title, **values)


class Desk:
    """Content, index and knowledge base below one folder, with a clock that tests move."""

    def __init__(self, folder: Path, scrub_seconds: float = NEVER_SCRUB) -> None:
        self.content = folder / "content"
        self.settings = Settings(content_dir=self.content, data_dir=folder / "data")
        self.index = self.settings.index_dir
        self.today = TODAY
        self.knowledge_base = KnowledgeBase(self.settings, self.now)
        self.builder = self.new_builder(scrub_seconds)
        lay_dictionary(self.index)
        (self.content / "procedures").mkdir(parents=True)
        write_folder(self.content, {name: text.encode() for name, text in REFERENCE_FILES.items()})

    def now(self) -> datetime:
        """Return the present instant: the desk's clock."""
        return instant(self.today)

    def new_builder(self, scrub_seconds: float = NEVER_SCRUB) -> IndexBuilder:
        """Return a builder as a process that has just started has it."""
        return IndexBuilder(FolderSource(self.content), self.index, scrub_seconds)

    def write(self, files: Mapping[str, str]) -> None:
        """Write content files."""
        write_folder(self.content, {path: text.encode() for path, text in files.items()})

    def publish(self, procedure_id: str, title: str, **changes: str) -> None:
        """Write a procedure without faults."""
        self.write({path_of(procedure_id): procedure_text(procedure_id, title, **changes)})

    def remove(self, procedure_id: str) -> None:
        """Delete a procedure."""
        (self.content / path_of(procedure_id)).unlink()

    def refresh(self) -> bool:
        """Bring the index up to date and load it; return whether a new generation was written."""
        is_new = self.builder.refresh()
        self.knowledge_base.refresh()
        return is_new

    @property
    def view(self) -> KnowledgeView:
        """The knowledge base's view."""
        return self.knowledge_base.view

    @property
    def generation(self) -> Generation:
        """The generation in use."""
        generation = current_generation(self.index)
        assert generation is not None
        return generation

    @property
    def faults(self) -> list[tuple[str, str]]:
        """Return (file, code) of the faults that the served generation lists."""
        return [(fault.file, fault.code) for fault in self.view.health().faults]

    def found(self, text: str, day: date | None = None) -> list[str]:
        """Return the ids found for `text`, best first."""
        return [hit.id for hit in self.view.search(text, day=day).hits]
