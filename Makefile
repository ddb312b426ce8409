# Two commands for a newcomer: `make run` serves, `make test` checks everything.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: run test bench reliability lock chromium

run: $(VENV)/run.stamp
	$(BIN)/kb serve

test: $(VENV)/dev.stamp chromium
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	KB_CONTENT_DIR=content $(BIN)/kb check
	$(BIN)/pytest -n 4 --dist loadfile

bench: $(VENV)/dev.stamp
	$(BIN)/python -m tests.bench engine
	$(BIN)/python -m tests.bench snippets
	$(BIN)/python -m tests.bench hostile --sizes 5000
	$(BIN)/python -m tests.bench ablation
	$(BIN)/python -m tests.bench peers --svg var/bench/peers.svg
	$(BIN)/python -m tests.bench build
	$(BIN)/python -m tests.bench http
	$(BIN)/python -m tests.bench keystroke
	$(BIN)/python -m tests.bench tasks
	$(BIN)/python -m tests.bench publication

reliability: $(VENV)/dev.stamp chromium
	$(BIN)/python -m tests.reliability saves
	$(BIN)/python -m tests.reliability kill
	$(BIN)/python -m tests.reliability privacy
	$(BIN)/python -m tests.reliability xss

# The stamps make both targets idempotent: nothing is installed twice.
$(VENV)/run.stamp: requirements.lock pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --require-hashes -r requirements.lock
	$(BIN)/pip install --quiet --no-deps --editable .
	touch $@

$(VENV)/dev.stamp: $(VENV)/run.stamp requirements-dev.lock
	$(BIN)/pip install --quiet --require-hashes -r requirements-dev.lock
	touch $@

# Browser tests need Chromium and a Chinese font. They are skipped, loudly, without them.
chromium:
	@if ! command -v chromium-headless-shell >/dev/null && ! command -v chromium >/dev/null || \
	  ! fc-list :lang=zh 2>/dev/null | grep -q .; then \
	  if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
	    apt-get update -qq && apt-get install -y -qq --no-install-recommends \
	      chromium-headless-shell fonts-wqy-microhei fontconfig >/dev/null || echo "Chromium could not be installed"; \
	  else echo "No Chromium or Chinese font: browser tests will be skipped"; fi; fi

lock:
	uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes \
	  --no-emit-index-url --no-header --no-annotate -o requirements.lock
	uv pip compile pyproject.toml --extra dev --universal --python-version 3.11 --generate-hashes \
	  --no-emit-index-url --no-header --no-annotate -o requirements-dev.lock
