"""Whoever listens is told what has changed, everybody the same and nobody twice."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator

import pytest

from kb import change_feed
from kb.change_feed import ChangeFeed


@pytest.fixture(autouse=True)
def no_delay(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(change_feed, "_DELAY_SECONDS", 0.0)


async def started(feed: ChangeFeed) -> AsyncIterator[str]:
    """Return a stream that has begun to listen."""
    stream = feed.listen()
    assert await anext(stream) == ""
    return stream


async def told(stream: AsyncIterator[str]) -> dict[str, str]:
    changed: dict[str, str] = json.loads(await anext(stream))["procedures"]
    return changed


def test_what_was_changed_added_or_removed_is_told() -> None:
    async def listen() -> None:
        feed = ChangeFeed()
        feed.look({"a": "1", "b": "1", "c": "1"})
        stream = await started(feed)
        feed.look({"a": "2", "b": "1", "d": "1"})
        assert await told(stream) == {"a": "2", "c": "", "d": "1"}

    asyncio.run(listen())


def test_nothing_is_told_where_nothing_changed() -> None:
    async def listen() -> None:
        feed = ChangeFeed()
        for fingerprint in ("1", "1", "2"):
            feed.look({"a": fingerprint})
        stream = await started(feed)
        assert await told(stream) == {"a": "2"}

    asyncio.run(listen())


def test_five_hundred_listeners_are_all_told_everything_in_order() -> None:
    async def listen() -> None:
        feed = ChangeFeed()
        feed.look({"a": "0"})
        streams = [await started(feed) for _ in range(500)]
        for number in range(1, 4):
            feed.look({"a": str(number)})
            await asyncio.sleep(0)
        for stream in streams:
            assert [(await told(stream))["a"] for _ in range(3)] == ["1", "2", "3"]

    asyncio.run(listen())


def test_a_listener_that_comes_later_is_not_told_what_was_before() -> None:
    async def listen() -> None:
        feed = ChangeFeed()
        feed.look({"a": "1"})
        first = await started(feed)
        feed.look({"a": "2"})
        assert await told(first) == {"a": "2"}
        second = await started(feed)
        feed.look({"a": "3"})
        assert await told(first) == await told(second) == {"a": "3"}

    asyncio.run(listen())


def test_a_quiet_stream_beats(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(change_feed, "_BEAT_SECONDS", 0.0)

    async def listen() -> None:
        stream = await started(ChangeFeed())
        assert [await anext(stream) for _ in range(3)] == ["", "", ""]

    asyncio.run(listen())


def test_closing_ends_every_stream() -> None:
    async def listen() -> None:
        feed = ChangeFeed()
        feed.look({"a": "1"})
        streams = [await started(feed) for _ in range(3)]
        feed.look({"a": "2"})
        feed.close()
        feed.close()
        for stream in streams:
            assert [text async for text in stream] == [""]

    asyncio.run(listen())


def test_a_stream_ends_when_it_is_time_to_come_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(change_feed, "_LONGEST_SECONDS", 0.0)

    async def listen() -> list[str]:
        return [text async for text in ChangeFeed().listen()]

    assert asyncio.run(listen()) == [""]
