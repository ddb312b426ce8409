"""The command line of the benchmarks: `python -m tests.bench COMMAND --help`."""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import asdict
from pathlib import Path
from typing import Any

from kb.settings import PACKAGED_CONTENT
from tests.bench import (
    ablation,
    build,
    comparison,
    desk_tasks,
    engine,
    growth,
    hostile,
    http_load,
    keystroke,
    publication,
    scatter,
    snippets,
)
from tests.bench.figures import machine_line, write_figures
from tests.bench.line_count import count_lines
from tests.bench.line_count import table as line_table
from tests.bench.peers import TERM_PEERS
from tests.bench.workplace import Workplace

Command = Callable[[argparse.Namespace, Workplace], Any]


def _engine(options: argparse.Namespace, workplace: Workplace) -> Any:
    peers = [name for name in TERM_PEERS if name not in options.without]
    figures = []
    for size in options.sizes:
        figures.append(engine.measure(workplace, size, options.queries, peers))
        print(f"{engine.table(figures[-1])}\n", flush=True)
    return figures


def _snippets(options: argparse.Namespace, workplace: Workplace) -> Any:
    figures = [snippets.measure(workplace, size, options.queries) for size in options.sizes]
    print(snippets.table(figures))
    return figures


def _build(options: argparse.Namespace, workplace: Workplace) -> Any:
    peers = [name for name in TERM_PEERS if name not in options.without]
    figures = [build.measure(workplace, size, peers) for size in options.sizes]
    print(build.table(figures))
    return figures


def _pack(options: argparse.Namespace, workplace: Workplace) -> Any:
    counts = {"real": count_lines(workplace.content_dir)}
    for size in options.sizes:
        counts[f"synthetic {size}"] = count_lines(workplace.pack(size))
    print(line_table(counts))
    return {name: asdict(count) for name, count in counts.items()}


def _growth(options: argparse.Namespace, workplace: Workplace) -> Any:
    lines = growth.read_lines(options.figures)
    options.svg.write_text(growth.draw(lines), encoding="utf-8")
    print(growth.table(lines))
    return [asdict(line) for line in lines]


def _peers(options: argparse.Namespace, workplace: Workplace) -> Any:
    figures = comparison.measure(workplace, options.size, options.queries, options.corpora)
    drawing = scatter.draw(scatter.marks(figures), options.size)
    options.svg.write_text(drawing, encoding="utf-8")
    print(comparison.tables(figures))
    return figures


def _hostile(options: argparse.Namespace, workplace: Workplace) -> Any:
    figures = [hostile.measure(workplace, size) for size in options.sizes]
    print("\n\n".join(map(hostile.table, figures)))
    return figures


def _ablation(_: argparse.Namespace, workplace: Workplace) -> Any:
    figures = ablation.measure(workplace)
    print(ablation.table(figures))
    return figures


def _server(
    options: argparse.Namespace, workplace: Workplace
) -> AbstractContextManager[http_load.Server]:
    """Return the server to drive: the one named, or an own one over a synthetic pack."""
    if options.at:
        host, _, port = options.at.rpartition(":")
        return nullcontext(http_load.Server(host, int(port)))
    return http_load.served_pack(workplace, options.size, options.workers)


def _http(options: argparse.Namespace, workplace: Workplace) -> Any:
    with _server(options, workplace) as server:
        figures = http_load.measure(workplace, options.size, server, options.queries)
    print(http_load.table(figures))
    return figures


def _keystroke(options: argparse.Namespace, workplace: Workplace) -> Any:
    with _server(options, workplace) as server:
        figures = keystroke.measure(workplace, options.size, server, options.queries)
    print(keystroke.table(figures))
    return figures


def _tasks(options: argparse.Namespace, workplace: Workplace) -> Any:
    with desk_tasks.served_content(workplace, options.workers) as server:
        figures = desk_tasks.measure(server)
    print(desk_tasks.table(figures))
    return figures


def _publication(_: argparse.Namespace, __: Workplace) -> Any:
    # Its repository is begun anew each time.
    with tempfile.TemporaryDirectory() as folder:
        figures = publication.measure(Path(folder))
    print(publication.table(figures))
    return figures


def main() -> None:
    """Run one command, print its tables, and keep its figures if asked to."""
    shared = argparse.ArgumentParser(add_help=False)
    shared.add_argument("--work", type=Path, default=Path("var/bench"), help="packs and indexes")
    shared.add_argument("--content", type=Path, default=PACKAGED_CONTENT, help="the real pack")
    shared.add_argument("--seed", type=int, default=1)
    shared.add_argument("--json", type=Path, help="keep the figures in this file")
    sized = argparse.ArgumentParser(add_help=False, parents=[shared])
    sized.add_argument("--sizes", type=int, nargs="+", default=[1000, 5000])
    sized.add_argument("--queries", type=int, default=500, help="queries of each style")
    sized.add_argument(
        "--without", choices=TERM_PEERS, nargs="+", default=[], help="leave out a peer"
    )

    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)

    def add(name: str, run: Command, parent: argparse.ArgumentParser, meaning: str) -> Any:
        command = commands.add_parser(name, parents=[parent], help=meaning)
        command.set_defaults(run=run)
        return command

    add("pack", _pack, sized, "write synthetic packs, and say how alike their documents are")
    add("engine", _engine, sized, "CPU ms a query, beside the peers")
    add("snippets", _snippets, sized, "CPU ms for ten snippets with explanation")
    add("build", _build, sized, "building, updating, starting; disk and memory")
    add("hostile", _hostile, sized, "CPU ms for queries that nobody means")
    add("ablation", _ablation, shared, "what each lever of the search is worth")
    curve = add("growth", _growth, shared, "draw the p95 of engine runs over their sizes")
    curve.add_argument("figures", type=Path, nargs="+", help="files written by engine --json")
    curve.add_argument("--svg", type=Path, default=Path("growth.svg"), help="where to draw")
    peers = add("peers", _peers, shared, "quality and speed beside peers with the same texts")
    peers.add_argument("--size", type=int, default=5000)
    peers.add_argument("--queries", type=int, default=300, help="queries of each style")
    peers.add_argument(
        "--corpora", type=Path, default=Path("../shared/eval"), help="folder of further corpora"
    )
    peers.add_argument("--svg", type=Path, default=Path("peers.svg"), help="where to draw")
    served = argparse.ArgumentParser(add_help=False, parents=[shared])
    served.add_argument("--size", type=int, default=5000)
    served.add_argument("--workers", type=int, default=2)
    served.add_argument("--at", metavar="HOST:PORT", help="drive this server instead of an own one")
    http = add("http", _http, served, "requests a second of the served pack")
    http.add_argument("--queries", type=int, default=2400, help="distinct queries in all")
    keys = add("keystroke", _keystroke, served, "from a key in the box to the painted answer")
    keys.add_argument("--queries", type=int, default=60, help="queries typed")
    add("publication", _publication, shared, "how soon what was published is found")
    tasks = add(
        "tasks", _tasks, shared, "the desk's tasks: actions and time to the step that answers"
    )
    tasks.add_argument("--workers", type=int, default=2)

    options = parser.parse_args()
    print(f"{machine_line()}\n", flush=True)
    workplace = Workplace(options.work.resolve(), options.content.resolve(), options.seed)
    figures = options.run(options, workplace)
    if options.json:
        write_figures(options.json, options.command, figures)


if __name__ == "__main__":
    main()
