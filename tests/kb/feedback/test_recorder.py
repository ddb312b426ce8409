"""`FeedbackRecorder`: what it returns from is committed, what it raises may be sent again."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from kb.errors import DatabaseUnavailable
from kb.feedback import FeedbackRecorder
from kb.settings import Settings
from tests.kb.feedback.sayings import a_saying, stored_feedback


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(data_dir=tmp_path / "data")


@pytest.fixture
def recorder(settings: Settings) -> Iterator[FeedbackRecorder]:
    recorder = FeedbackRecorder(settings)
    yield recorder
    recorder.close()


def test_what_was_recorded_is_in_the_database(database: Settings) -> None:
    with closing(FeedbackRecorder(database)) as recorder:
        for number in (1, 2):
            asyncio.run(recorder.record(a_saying(number, number)))
            assert len(stored_feedback(database)) == number


def test_a_database_that_refuses_is_said_to_the_agent_and_its_reason_logged(
    settings: Settings, recorder: FeedbackRecorder, caplog: pytest.LogCaptureFixture
) -> None:
    # A folder in the place of the file: nobody, not even root, can write to it.
    settings.database_file.mkdir(parents=True)
    with pytest.raises(DatabaseUnavailable) as raised:
        asyncio.run(recorder.record(a_saying()))
    settings.database_file.rmdir()
    asyncio.run(recorder.record(a_saying()))

    assert str(raised.value) == "没有记下：数据库暂时用不了，请稍后再提交一次。"
    (entry,) = [item for item in caplog.records if item.name.startswith("kb.")]
    assert (entry.levelno, "数据库用不了" in entry.message) == (logging.ERROR, True)
    assert "表名" not in caplog.text
    assert len(stored_feedback(settings)) == 1
