# `make help` lists what can be done. Everything happens inside .venv; nothing else is touched.
PYTHON ?= python3
PORT ?= 8000
UV ?= uv
BIN := .venv/bin

.DEFAULT_GOAL := help
.PHONY: help demo test bench soak audit picture lint format lock clean

help: ## this list
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | awk -F':.*## ' '{printf "  make %-8s %s\n", $$1, $$2}'

.venv/run: requirements.txt pyproject.toml
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/pip install --quiet --require-hashes -r requirements.txt
	$(BIN)/pip install --quiet --no-deps --no-build-isolation --editable .
	touch $@

.venv/dev: requirements-dev.txt .venv/run
	$(BIN)/pip install --quiet --require-hashes -r requirements-dev.txt
	touch $@

.venv-bench/run: requirements-bench.txt # OpenFisca's pins clash with ours
	test -x .venv-bench/bin/python || $(PYTHON) -m venv .venv-bench
	.venv-bench/bin/pip install --quiet --require-hashes -r requirements-bench.txt
	touch $@

.venv-audit/run: requirements-audit.txt # looks at pins from outside
	test -x .venv-audit/bin/python || $(PYTHON) -m venv .venv-audit
	.venv-audit/bin/pip install --quiet --require-hashes -r requirements-audit.txt
	touch $@

demo: .venv/run ## the whole service with a phone on screen, http://127.0.0.1:$PORT, data in var/demo
	$(BIN)/xinshimin demo --port $(PORT)

# Three workers for two cores: many a test waits for a server that it started.
test: .venv/dev ## all tests
	$(BIN)/pytest -n 3 --dist worksteal -m "not soak"

soak: .venv/dev ## the long tests
	$(BIN)/pytest -n 2 -m soak

bench: .venv/dev .venv-bench/run ## measured ratios, side by side in one run
	$(BIN)/python -m tests.bench

audit: .venv-audit/run ## weaknesses and ages of all pins; what the service is made of, in dist/sbom.json
	mkdir -p dist
	.venv-audit/bin/cyclonedx-py requirements --pyproject pyproject.toml --output-reproducible -o dist/sbom.json requirements.txt
	.venv-audit/bin/python -m tests.audit

picture: .venv/dev ## the picture of a shared link, drawn anew (needs Chromium)
	$(BIN)/python -m tests.share_picture

lint: .venv/dev ## style, types, direction of imports
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

format: .venv/dev ## fix the style
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

lock: ## pin every dependency with its hashes (needs uv)
	$(UV) pip compile -q --universal --generate-hashes --no-emit-index-url --no-header --python-version 3.11 pyproject.toml --group build -o requirements.txt
	$(UV) pip compile -q --universal --generate-hashes --no-emit-index-url --no-header --python-version 3.11 pyproject.toml --group build --group dev -c requirements.txt -o requirements-dev.txt
	$(UV) pip compile -q --universal --generate-hashes --no-emit-index-url --no-header --python-version 3.11 pyproject.toml --group build --extra mcp -c requirements-dev.txt -o requirements-mcp.txt
	$(UV) pip compile -q --universal --generate-hashes --no-emit-index-url --no-header --python-version 3.11 --group bench -o requirements-bench.txt
	$(UV) pip compile -q --universal --generate-hashes --no-emit-index-url --no-header --python-version 3.11 --group audit -o requirements-audit.txt

clean: ## remove what the other targets made
	rm -rf .venv .venv-bench .venv-audit var dist build
