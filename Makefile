# Every chore by name; plain `make` prints the list.
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
PIP    := $(BIN)/python -m pip --disable-pip-version-check
AS_OF  ?=
DAY    := $(if $(AS_OF),--as-of $(AS_OF),)

# Byte code is kept whatever the shell says: without it every process, of which tests start many, compiles all anew.
export PYTHONDONTWRITEBYTECODE :=

.PHONY: help site test check serve forms bench clean fast lock import-score demo

help: ## print this list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /  make \1\t/' | expand -t 18

site: $(VENV)/.runtime ## build the site and every paper into site/ (AS_OF=2024-06-30 for another day than today)
	@$(BIN)/planbook build $(DAY)

test: $(VENV)/.dev ## run all tests, with browser and LibreOffice where they are installed
	@$(BIN)/python -m pytest -n auto --cov --cov-report=term:skip-covered -m "not timed"
	@$(BIN)/python -m pytest -m timed

fast: $(VENV)/.dev ## run the tests that need neither browser nor LibreOffice nor a whole build
	@$(BIN)/python -m pytest -n auto -m "not slow and not timed"

check: $(VENV)/.dev ## format, lint, types, import contracts, the plan itself, a strict build
	@$(BIN)/ruff format --check --quiet .
	@$(BIN)/ruff check --quiet .
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-cache
	@$(BIN)/planbook check
	@folder=$$(mktemp -d) && trap 'rm -rf "$$folder"' EXIT && \
	  NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build --strict --site-dir "$$folder/site"

serve: $(VENV)/.runtime ## open the site on this machine; it reloads when the plan or a template changes
	@$(BIN)/planbook serve $(DAY)

forms: site ## the papers alone, copied from the site to out/
	@rm -rf out && mkdir -p out && cp -R site/downloads/. out/ && echo "out/"

bench: $(VENV)/.dev ## measure builds, pages and forms against what is promised, on the real plan and on large ones
	@kept=0; $(BIN)/python -m tests.bench || kept=1; $(BIN)/python -m tests.bench_forms || kept=1; exit $$kept

demo: $(VENV)/.dev ## take the made-up example year through the whole loop into out/demo: forms, returns, papers, site
	@$(BIN)/python -m tests.demo out/demo

import-score: $(VENV)/.dev ## how near the import of the source comes to the plan encoded by hand
	@$(BIN)/python -m tests.import_score

lock: $(VENV)/.dev ## pin the dependencies anew, with hashes and without naming a registry
	@$(PIP) install --quiet uv
	@$(BIN)/uv pip compile pyproject.toml --group build --universal --python-version 3.11 --generate-hashes \
	  --no-strip-extras --no-emit-index-url --no-header --quiet --upgrade -o requirements.txt
	@$(BIN)/uv pip compile pyproject.toml --group build --group dev --universal --python-version 3.11 --generate-hashes \
	  --no-strip-extras --no-emit-index-url --no-header --quiet --upgrade -o requirements-dev.txt

clean: ## remove everything that a build or a test leaves
	@rm -rf $(VENV) out dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .coverage
	@find site -mindepth 1 ! -name .gitignore -delete 2>/dev/null || true
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "planbook needs Python 3.11 or newer")'
	@$(PYTHON) -m venv $(VENV)

$(VENV)/.runtime: requirements.txt pyproject.toml | $(VENV)/bin/python
	@$(PIP) install --quiet --require-hashes -r requirements.txt
	@$(PIP) install --quiet --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/.dev: requirements-dev.txt $(VENV)/.runtime
	@$(PIP) install --quiet --require-hashes -r requirements-dev.txt
	@touch $@
