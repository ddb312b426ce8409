"""Benchmarks: `python -m tests.bench --help`.

Everything is measured on synthetic packs (`tests.bench.synthetic`) beside a peer in the same run.
Nothing here asserts a time: the budgets are read off the printed tables by a person.
"""
