from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from tests.bench.peers import TEXT_PEERS, TextDocument, Weights, keep_cache_in
from tests.bench.rankings import Ranking, indexed_peer

EQUAL = Weights(1, 1)
FIVE = (
    TextDocument("surrender", "退保申请材料", "我不想要这份保险了", "收齐身份证件和保单原件。"),
    TextDocument("beneficiary", "受益人变更", "受益人想换成女儿", "由投保人申请，被保险人同意。"),
    TextDocument("hospital", "异地住院理赔", "在外地住院能报销吗", "核对就诊医院和费用清单。"),
    TextDocument("renewal", "续期保费扣款失败", "银行卡没扣成功", "核对账户余额和授权。"),
    TextDocument("phone", "变更联系电话", "我换号码了", "核身后当场登记新号码。"),
)


@pytest.fixture(scope="module", autouse=True)
def private_cache(tmp_path_factory: pytest.TempPathFactory) -> None:
    keep_cache_in(tmp_path_factory.mktemp("jieba"))


@contextmanager
def ranking(name: str, *documents: TextDocument, weights: Weights = EQUAL) -> Iterator[Ranking]:
    """Yield the ranking of a peer over `documents`."""
    with indexed_peer(name, documents, weights) as peer:
        yield peer.ranking


@pytest.mark.parametrize("name", TEXT_PEERS)
@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("受益人变更怎么办", "beneficiary"),
        ("外地住院能报吗？", "hospital"),
        ("费用清单", "hospital"),
    ],
)
def test_a_peer_finds_the_obvious_document_among_five(name: str, query: str, expected: str) -> None:
    with ranking(name, *FIVE) as rank:
        assert rank(query, 10)[0] == expected


@pytest.mark.parametrize("name", TEXT_PEERS)
@pytest.mark.parametrize("query", ["？！", "的", "\"'*(", "qwx", "火星天气"])
def test_a_peer_finds_nothing_for_a_query_of_nothing(name: str, query: str) -> None:
    with ranking(name, *FIVE) as rank:
        assert rank(query, 10) == []


@pytest.mark.parametrize("name", TEXT_PEERS)
def test_a_peer_returns_no_more_than_asked_for(name: str) -> None:
    with ranking(name, *FIVE) as rank:
        assert len(rank("受益人变更 住院理赔 联系电话", 2)) == 2


@pytest.mark.parametrize("name", TEXT_PEERS)
@pytest.mark.parametrize(
    ("weights", "expected"), [(Weights(8, 1), "in title"), (Weights(1, 8), "in says")]
)
def test_the_heavier_field_of_a_peer_wins(name: str, weights: Weights, expected: str) -> None:
    title = TextDocument("in title", "信托受托人", "某句话", "正文。")
    says = TextDocument("in says", "某句话", "信托受托人", "正文。")
    with ranking(name, title, says, *FIVE, weights=weights) as rank:
        assert rank("信托受托人", 10)[0] == expected


def test_trigrams_cannot_find_two_characters() -> None:
    with ranking("FTS5, trigram", *FIVE) as rank:
        assert rank("退保", 10) == []
        assert rank("退保 申请", 10) == ["surrender"]


def test_the_cost_of_an_index_is_known() -> None:
    with indexed_peer("bm25s, jieba", FIVE, EQUAL) as peer:
        assert peer.cost.megabytes > 0
