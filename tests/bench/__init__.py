"""Benchmarks: `python -m tests.bench --help`.

Speed is measured on synthetic packs (`tests.bench.synthetic`), quality (`peers`) on the content
pack, always beside a peer in the same run.
Nothing here asserts a time: the budgets are read off the printed tables by a person.
"""
