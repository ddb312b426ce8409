"""Whatever a process logs is masked: message, arguments, addresses, tracebacks."""

from __future__ import annotations

import io
import logging
from collections.abc import Callable, Iterator
from urllib.parse import quote, quote_plus

import pytest
from uvicorn.logging import AccessFormatter

from kb.privacy import mask_logs
from tests.kb.privacy.samples import SENTENCES, SPELLINGS

NUMBER = "13800138000"


@pytest.fixture
def log() -> Iterator[tuple[logging.Logger, io.StringIO]]:
    """Give a logger and what it has written."""
    factory, written = logging.getLogRecordFactory(), io.StringIO()
    logger = logging.Logger("test")
    logger.addHandler(logging.StreamHandler(written))
    mask_logs()
    yield logger, written
    logging.setLogRecordFactory(factory)


Log = tuple[logging.Logger, io.StringIO]


@pytest.mark.parametrize("spell", SPELLINGS)
@pytest.mark.parametrize("sentence", SENTENCES)
@pytest.mark.parametrize("encode", [str, quote, quote_plus])
def test_an_identifier_is_masked_wherever_it_stands(
    log: Log, sentence: str, spell: Callable[[str], str], encode: Callable[[str], str]
) -> None:
    logger, written = log
    said = encode(sentence.format(spell(NUMBER)))
    try:
        raise ValueError(said)
    except ValueError:
        logger.exception(f"/?q={said}")
        logger.error("%s and %r", said, f"GET /?q={said}&on=")
    # Once in the message, twice in the traceback's line of source and error, twice in arguments.
    assert encode(spell(NUMBER)) not in written.getvalue()
    assert written.getvalue().count("手机号") + written.getvalue().count(quote("手机号")) >= 4


def test_numbers_and_parts_that_make_an_identifier_together_are_masked(log: Log) -> None:
    logger, written = log
    logger.error("%d", int(NUMBER))
    logger.error("%s%s", NUMBER[:5], NUMBER[5:])
    logger.error("%(number)s", {"number": NUMBER})
    logger.error("too few: %s %s", NUMBER)

    assert NUMBER not in written.getvalue()
    assert written.getvalue().count("〈手机号〉") == 4


def test_an_access_log_keeps_its_shape(log: Log) -> None:
    logger, written = log
    logger.handlers[0].setFormatter(
        AccessFormatter("%(request_line)s %(status_code)s", None, "%", use_colors=False)
    )
    # As the server logs it.
    path = f"/?q={quote('退保')}&x={quote('１３８００１３８０００')}%0A"
    logger.info('%s - "%s %s HTTP/%s" %d', "127.0.0.1:5000", "GET", path, "1.1", 200)
    logger.error('%s - "%s %s HTTP/%s" %d', "127.0.0.1:5000", "GET", path, "1.1", 200)

    line = written.getvalue().splitlines()[-1]
    assert line == f"GET /?q={quote('退保')}&x={quote('〈手机号〉')}%0A HTTP/1.1 200 OK"


def test_what_identifies_nobody_is_logged_as_it_is(log: Log) -> None:
    logger, written = log
    logger.error("generation %s: %d files, %s", "gen-000012", 3, "/?q=%E9%80%80+a&on=2026-01-01")

    assert written.getvalue() == "generation gen-000012: 3 files, /?q=%E9%80%80+a&on=2026-01-01\n"
