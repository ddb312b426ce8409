"""The peers beside which our search is measured, of two kinds.

On terms: the same fields and terms as our engine's, to compare the ranking alone (`engine`,
`build`). By themselves: given the same texts, cut and ranked in their own ordinary way (`peers`).
"""

from tests.bench.peers.bm25s_jieba import Bm25sJieba
from tests.bench.peers.jieba_words import keep_cache_in
from tests.bench.peers.sqlite_fts5 import Fts5Jieba, Fts5Trigram
from tests.bench.peers.tantivy_jieba import TantivyJieba
from tests.bench.peers.term_peers import TERM_PEERS, TermPeer, build_term_peers, open_term_peers
from tests.bench.peers.text_documents import TextDocument, TextPeer, Weights, text_document
from tests.bench.peers.whoosh_jieba import WhooshJieba

TEXT_PEERS: dict[str, type[TextPeer]] = {
    "Whoosh, jieba": WhooshJieba,
    "FTS5, trigram": Fts5Trigram,
    "FTS5, jieba": Fts5Jieba,
    "tantivy, jieba": TantivyJieba,
    "bm25s, jieba": Bm25sJieba,
}

__all__ = [
    "TERM_PEERS",
    "TEXT_PEERS",
    "TermPeer",
    "TextDocument",
    "TextPeer",
    "Weights",
    "build_term_peers",
    "keep_cache_in",
    "open_term_peers",
    "text_document",
]
