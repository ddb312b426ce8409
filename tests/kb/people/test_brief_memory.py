"""What was read a moment ago serves for half a second, and for minutes while the source is away."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from kb.errors import DatabaseUnavailable
from kb.people import brief_memory
from kb.people.brief_memory import FRESH_SECONDS, KEPT_SECONDS, BriefMemory

LONGEST_WAIT_SECONDS = 20


class Source:
    """Answers with what stands in `values`, unless it is away or held."""

    def __init__(self) -> None:
        self.values: dict[str, str] = {"a": "1"}
        self.is_away = False
        self.reads = 0
        self.may_answer = threading.Event()
        self.may_answer.set()

    def __call__(self, key: str) -> str | None:
        """Return the value of a key."""
        self.reads += 1
        assert self.may_answer.wait(LONGEST_WAIT_SECONDS)
        if self.is_away:
            raise DatabaseUnavailable("weg")
        return self.values.get(key)


class Seconds:
    """A clock of seconds that is moved."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        """Return the present second."""
        return self.now


@pytest.fixture
def executor() -> Iterator[ThreadPoolExecutor]:
    with ThreadPoolExecutor(4) as executor:
        yield executor


@pytest.fixture
def source() -> Source:
    return Source()


@pytest.fixture
def seconds() -> Seconds:
    return Seconds()


@pytest.fixture
def memory(
    source: Source, seconds: Seconds, executor: ThreadPoolExecutor
) -> BriefMemory[str | None]:
    return BriefMemory(source, executor, seconds)


def run(steps: Callable[[], object]) -> None:
    asyncio.run(steps())  # type: ignore[arg-type]


def test_a_value_is_read_again_after_half_a_second(
    memory: BriefMemory[str | None], source: Source, seconds: Seconds
) -> None:
    async def steps() -> None:
        assert await memory.get("a") == "1"
        source.values["a"] = "2"
        seconds.now += FRESH_SECONDS - 0.01
        assert await memory.get("a") == "1"
        seconds.now += 0.01
        assert await memory.get("a") == "2"

    run(steps)
    assert source.reads == 2


def test_half_a_second_counts_from_when_the_reading_began(
    memory: BriefMemory[str | None], source: Source, seconds: Seconds
) -> None:
    async def steps() -> None:
        source.may_answer.clear()
        reading = asyncio.ensure_future(memory.get("a"))
        await asyncio.sleep(0.05)
        seconds.now += FRESH_SECONDS
        source.may_answer.set()
        await reading
        await memory.get("a")

    run(steps)
    assert source.reads == 2


def test_many_who_ask_at_once_cost_one_reading(
    memory: BriefMemory[str | None], source: Source
) -> None:
    async def steps() -> None:
        assert await asyncio.gather(*(memory.get("a") for _ in range(100))) == ["1"] * 100

    run(steps)
    assert source.reads == 1


def test_what_is_not_there_is_not_remembered(
    memory: BriefMemory[str | None], source: Source
) -> None:
    async def steps() -> None:
        assert await memory.get("b") is None
        source.values["b"] = "1"
        assert await memory.get("b") == "1"
        del source.values["b"]
        memory.forget()
        assert await memory.get("b") is None

    run(steps)


def test_what_is_forgotten_is_read_at_once(memory: BriefMemory[str | None], source: Source) -> None:
    async def steps() -> None:
        await memory.get("a")
        source.values["a"] = "2"
        memory.forget()
        assert await memory.get("a") == "2"

    run(steps)


def test_a_source_that_is_away_is_covered_for_five_minutes_and_no_longer(
    memory: BriefMemory[str | None], source: Source, seconds: Seconds
) -> None:
    async def steps() -> None:
        await memory.get("a")
        source.is_away = True
        for moment in (FRESH_SECONDS, 60, KEPT_SECONDS - 0.01):
            seconds.now = 1000 + moment
            assert await memory.get("a") == "1"
        seconds.now = 1000 + KEPT_SECONDS
        with pytest.raises(DatabaseUnavailable):
            await memory.get("a")
        source.is_away = False
        assert await memory.get("a") == "1"

    run(steps)


def test_an_ended_source_is_asked_once_in_half_a_second(
    memory: BriefMemory[str | None], source: Source, seconds: Seconds
) -> None:
    async def steps() -> None:
        await memory.get("a")
        source.is_away = True
        seconds.now += 60
        for _ in range(100):
            await memory.get("a")

    run(steps)
    assert source.reads == 2


def test_what_was_never_known_is_an_error_while_the_source_is_away(
    memory: BriefMemory[str | None], source: Source
) -> None:
    source.is_away = True

    async def steps() -> None:
        with pytest.raises(DatabaseUnavailable):
            await memory.get("a")

    run(steps)


def test_a_source_that_hangs_is_not_waited_for(
    memory: BriefMemory[str | None],
    source: Source,
    seconds: Seconds,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(brief_memory, "_PATIENCE_SECONDS", 0.01)

    async def steps() -> None:
        await memory.get("a")
        source.values["a"] = "2"
        source.may_answer.clear()
        seconds.now += 1
        assert await memory.get("a") == "1"
        assert await memory.get("a") == "1"
        source.may_answer.set()
        await asyncio.gather(*memory._readings.values())
        assert await memory.get("a") == "2"

    run(steps)
    assert source.reads == 2


def test_there_is_a_bound_to_what_is_remembered(
    memory: BriefMemory[str | None], source: Source, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(brief_memory, "_MOST", 10)
    source.values = {str(number): "x" for number in range(50)}

    async def steps() -> None:
        for key in source.values:
            await memory.get(key)

    run(steps)
    assert len(memory._remembered) == 10


def test_a_fault_of_the_program_is_not_covered(
    executor: ThreadPoolExecutor, seconds: Seconds
) -> None:
    def broken(_: str) -> str:
        raise RuntimeError("a bug")

    async def steps() -> None:
        with pytest.raises(RuntimeError, match="a bug"):
            await BriefMemory(broken, executor, seconds).get("a")

    run(steps)
