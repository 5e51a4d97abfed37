# make demo: a fresh machine to a read story and its report.   make test: everything that must hold.
PYTHON ?= python3
CHROMIUM ?= chromium
BIN := .venv/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet

.DEFAULT_GOAL := help
.PHONY: help demo install test lint types imports format lock clean bench picture train

help: ## list the targets
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 12

demo: .venv/run.stamp ## read the example story, show it, write its report
	$(BIN)/fabula demo

install: .venv/run.stamp ## make .venv with fabula in it, from the lock

.venv/python.stamp:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Fabula needs Python 3.11 or later; say: make PYTHON=python3.12 $(MAKECMDGOALS)" >&2; exit 2; }
	$(PYTHON) -m venv .venv
	@touch $@

.venv/run.stamp: .venv/python.stamp requirements.lock pyproject.toml
	$(PIP) install --require-hashes -r requirements.lock
	$(PIP) install --no-build-isolation --no-deps -e .
	@touch $@

.venv/dev.stamp: .venv/run.stamp requirements-dev.lock
	$(PIP) install --require-hashes -r requirements-dev.lock
	@touch $@

test: lint types imports ## ruff, types, import order, and every test
	$(BIN)/python -m pytest -n auto $(ARGS)

lint: .venv/dev.stamp
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: .venv/dev.stamp
	$(BIN)/mypy

imports: .venv/dev.stamp
	$(BIN)/lint-imports

format: .venv/dev.stamp ## put the code in shape
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

bench: .venv/dev.stamp ## measure quality and speed; see docs/benchmarks.md
	$(BIN)/python -m benchmarks.run

.venv-train/stamp: .venv/dev.stamp requirements-train.lock
	$(PYTHON) -m venv .venv-train
	.venv-train/bin/python -m pip --disable-pip-version-check --quiet install --require-hashes -r requirements-train.lock
	.venv-train/bin/python -m pip --disable-pip-version-check --quiet install --no-build-isolation --no-deps -e .
	@touch $@

train: .venv-train/stamp ## build the network's weights anew from the data (four hours on two cores; resumable)
	.venv-train/bin/python -m training.network.build $(ARGS)

lock: .venv/dev.stamp ## take the newest versions into both locks
	$(PIP) install uv
	$(BIN)/uv pip compile --quiet --upgrade --universal --generate-hashes --no-emit-index-url --no-header --python-version 3.11 pyproject.toml --group build -o requirements.lock
	$(BIN)/uv pip compile --quiet --upgrade --universal --generate-hashes --no-emit-index-url --no-header --python-version 3.11 pyproject.toml --group dev -o requirements-dev.lock
	$(BIN)/uv pip compile --quiet --upgrade --universal --generate-hashes --no-emit-index-url --no-header --python-version 3.11 pyproject.toml --group build --group train -o requirements-train.lock

picture: .venv/run.stamp ## take docs/report.png anew from the demo (needs Chromium)
	$(BIN)/fabula demo -o build/demo > /dev/null
	$(CHROMIUM) --headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking \
		--disable-component-update --disable-sync --hide-scrollbars --user-data-dir=$$(mktemp -d) \
		--window-size=1300,1900 --screenshot=docs/report.png file://$(CURDIR)/build/demo/report.html 2> /dev/null

clean: ## remove what was made here
	rm -rf .venv .venv-train dist build .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis
