# `make sweep` and `make test` install all that they need into .venv, from the locked lists, and then do it.
.DEFAULT_GOAL := help
SHELL := /bin/sh
PYTHON ?= $(shell for p in python3 python3.13 python3.12 python3.11 python; do \
	$$p -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] < (3, 14))' 2>/dev/null && { echo $$p; break; }; done)
BIN := .venv/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet

SECONDS ?= 120

.PHONY: help sweep test coverage check accuracy bench soak fuzz programs lock clean

help:  ## show this list
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/'

sweep: .venv/ready  ## sweep the invented PEPs in fixtures/peps into out/
	$(BIN)/vsdocs sweep fixtures/peps --out out --term "Autumn 2026" --store out/store.sqlite || [ $$? -eq 8 ]

test: .venv/ready-to-test programs  ## check the code and run the tests
	$(MAKE) --no-print-directory check
	$(BIN)/pytest -n 2 --dist loadfile --no-loadscope-reorder

coverage: .venv/ready-to-test programs  ## run the tests and tell which lines none of them runs; takes a quarter longer
	$(BIN)/pytest -n 2 --dist loadfile --no-loadscope-reorder --cov --cov-report=term-missing:skip-covered

check: .venv/ready-to-test  ## format, lint, types, floors, file lengths
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache

accuracy: .venv/ready  ## measure reading and grading on the fixtures; writes docs/accuracy.md
	$(BIN)/python accuracy/measure.py

bench: .venv/ready-to-test programs  ## measure reading, sweeps of up to 10,000 PEPs, page and workbook; writes docs/performance.md
	$(BIN)/python bench/measure.py

soak: .venv/ready-to-test  ## kill sweeps at 200 random moments and at each write; the results must be those of an undisturbed one
	VSDOCS_KILLS=200 $(BIN)/pytest -n 2 tests/test_kill.py tests/test_cluster_lost.py

fuzz: .venv/ready-to-fuzz  ## look for files that a reader stumbles over, for SECONDS=120; finds go to fuzz/finds/
	OMP_THREAD_LIMIT=1 $(BIN)/python fuzz/readers.py $(SECONDS)

# PostgreSQL is told beforehand to make no server of its own: the tests start theirs and take it down.
programs:  ## Debian's chromium, LibreOffice and PostgreSQL for the tests, where this is root and apt-get is there
	@if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null \
	  && ! { command -v chromium && command -v soffice && command -v pdftoppm && ls /usr/lib/postgresql/*/bin/initdb; } \
	    >/dev/null 2>&1; then \
	  mkdir -p /etc/postgresql-common && { [ -e /etc/postgresql-common/createcluster.conf ] \
	    || echo "create_main_cluster = false" >/etc/postgresql-common/createcluster.conf; } && \
	  apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends \
	    -o Dpkg::Options::=--force-confold \
	    chromium libreoffice-writer libreoffice-calc poppler-utils fonts-liberation postgresql >/dev/null; fi

lock:  ## make the locked lists anew (needs uv)
	uv pip compile -q pyproject.toml --universal --python-version 3.11 --generate-hashes --extra build --extra dev -o requirements-dev.lock
	uv pip compile -q pyproject.toml --universal --python-version 3.11 --generate-hashes --extra build -c requirements-dev.lock -o requirements.lock

clean:  ## take away .venv and out
	rm -rf .venv out

.venv/made:
	@[ -n "$(PYTHON)" ] || { echo "vsdocs needs Python 3.11, 3.12 or 3.13; none was found." >&2; exit 1; }
	$(PYTHON) -m venv .venv
	@touch $@

.venv/ready: .venv/made requirements.lock pyproject.toml
	$(PIP) install --require-hashes -r requirements.lock
	$(PIP) install --no-deps --no-build-isolation -e .
	@touch $@

.venv/ready-to-test: .venv/ready requirements-dev.lock
	$(PIP) install --require-hashes -r requirements-dev.lock
	@touch $@

.venv/ready-to-fuzz: .venv/ready fuzz/requirements.txt
	@$(BIN)/python -c 'import platform as p, sys; sys.exit((p.system(), p.machine()) != ("Linux", "x86_64"))' \
	  || { echo "make fuzz needs Linux on x86-64: its fuzzer comes for nothing else." >&2; exit 1; }
	$(PIP) install --require-hashes -r fuzz/requirements.txt
	@touch $@
