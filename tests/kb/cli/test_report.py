"""`kb report`: what the content rests on."""

from __future__ import annotations

from tests.kb.cli.commands import Shell


def test_the_shares_are_those_of_the_sample(shell: Shell) -> None:
    value = shell.run("report", "--json").json
    assert value["procedures"] == 2
    counts = value["authorities"]["保全"]
    assert counts == value["authorities"]["全部"]
    assert counts["法律依据"] >= 4
    assert counts["未注依据"] > counts["公司规定"] >= 2
    assert value["alike"][0]["ids"] == ["address-change", "contact-change"]


def test_the_table_is_for_reading(shell: Shell) -> None:
    finished = shell.run("report")
    assert finished.code == 0
    assert "法律依据" in finished.output
    assert "address-change · contact-change" in finished.output
