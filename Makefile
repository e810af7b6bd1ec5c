# `make help` lists the doors. Everything made lies in .venv, build, extension/dist and extension/node_modules.
SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.NOTPARALLEL: # what is installed first is needed by what comes next
.PHONY: help run test check fix bench rule moves measure lock clean setup extension

PYTHON ?= python3
# Only for making .venv; the tests' own servers and exports run in .venv.
unexport PYTHON
PY := .venv/bin/python
# Where the collections to measure on lie: mails/, corpora/ and measure.py.
SHARED ?= ../shared
# The first Node that is new enough: the system's, else one fetched into build/ (tests/setup/node.sh).
NODE_PATH_DIR = $$(tests/setup/node.sh)
NODE = PATH="$(NODE_PATH_DIR):$$PATH" node
NPM = PATH="$(NODE_PATH_DIR):$$PATH" npm --prefix extension
# File by file: Node 20's runner takes folders, later ones do not.
NODE_TEST = $(NODE) --test --test-reporter=spec
RULES := $(shell find shared_rules server/rulebook -type f -not -name '*.pyc' 2>/dev/null)
EXTENSION := $(shell find extension -path extension/node_modules -prune -o -path extension/dist -prune -o -type f -print 2>/dev/null)

help: ## this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "make %-8s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

run: .venv/run.stamp ## install what is missing, build the extension, start the API on 127.0.0.1:8750
	@if tests/setup/node.sh > /dev/null; then $(MAKE) --no-print-directory extension; \
	else echo "The extension is not built; the API starts without it."; fi
	@exec $(PY) -m server serve

install: .venv/run.stamp ## install what the server needs into .venv, and start nothing (server/deploy/README.md)
	@:

test: setup .venv/dev.stamp extension ## all tests: server, rules, extension, browser; installs what is missing
	@PATH="$(NODE_PATH_DIR):$$PATH" $(PY) -m pytest
	@$(NODE_TEST) $$(find tests/extension -name '*.test.mjs' -o -name '*.test.js' | sort)
	@$(NODE) tests/parity/run.mjs
	@$(NODE_TEST) --test-concurrency=1 $$(find tests/e2e -name '*.test.mjs' -o -name '*.test.js' | sort)

check: .venv/dev.stamp extension ## lint, format, types, import layers, rule files, extension
	@$(PY) -m ruff check
	@$(PY) -m ruff format --check
	@PATH="$(NODE_PATH_DIR):$$PATH" PYRIGHT_PYTHON_IGNORE_WARNINGS=1 $(PY) -m pyright
	@PYTHONPATH=. .venv/bin/lint-imports --no-logo
	@$(PY) -m server rulebook --check
	@$(NPM) --silent run lint && echo "eslint: no findings"
	@$(NPM) --silent run types && echo "tsc --checkJs: no findings"
	@$(NPM) --silent run lint:webext

fix: .venv/dev.stamp extension/node_modules/.stamp ## mend what the linters can mend
	@$(PY) -m ruff check --fix
	@$(PY) -m ruff format
	@$(NPM) --silent run lint -- --fix

bench: .venv/dev.stamp ## measure: beside Flask alone, rspamd and spamd where installed; a table and build/bench.json
	@$(PY) -m tests.bench.run $(BENCH)

rule: .venv/run.stamp ## make rule NAME=group/id: a new rule file with its cases, from the template
	@$(if $(NAME),,$(error say which: make rule NAME=content/refuses_video_call))$(PY) -m server rule new '$(NAME)'

moves: .venv/dev.stamp ## train what sentences mean from shared_rules/moves/ anew: heads.json and REPORT.md
	@$(PY) -m server.meaning.train

OWN := $(addprefix --own-domain ,haorunvalve.com lumtek-led.com mingtaigifts.com donghuifoods.cn yuanjingtex@163.com)
VET = $(PY) -m server vet --offline --format jsonl $(OWN)

measure: .venv/run.stamp extension/node_modules/.stamp ## make measure SHARED=folder: verdicts over its mails and corpora, their figures, JS against Python
	@mkdir -p build/measure
	@$(VET) $(SHARED)/mails > build/measure/mails.jsonl
	@$(VET) $(SHARED)/corpora/dev.jsonl.gz > build/measure/corpora.jsonl
	@cat build/measure/mails.jsonl build/measure/corpora.jsonl > build/measure/both.jsonl
	@$(PY) $(SHARED)/measure.py mails build/measure/mails.jsonl $(SHARED)/mails/labels.csv | tee build/measure/mails.txt
	@$(PY) $(SHARED)/measure.py corpora build/measure/corpora.jsonl $(SHARED)/corpora/dev.jsonl.gz | tee build/measure/corpora.txt
	@$(PY) $(SHARED)/measure.py cross build/measure/both.jsonl $(SHARED)/mails/labels.csv | tee build/measure/cross.txt
	@$(NODE) tests/parity/run.mjs $(SHARED)/mails $(SHARED)/corpora/dev.jsonl.gz

firefox: extension ## the extension in a real Firefox (apt-get install firefox-esr, 400 MB); not part of make test
	@$(NODE_TEST) tests/firefox/firefox.test.mjs

blind: .venv/run.stamp ## make blind SET=a (a to j): totals of the blind mails, meaning on; runs of b and e to j are logged in tests/mail/blind/runs.csv
	@$(PY) -m tests.mail.blind $(or $(SET),a)

calibrate: .venv/run.stamp ## make calibrate SHARED=folder: what each rule is worth on its collections; writes shared_rules/CALIBRATION.md
	@$(PY) -m tests.calibrate $(SHARED)

fuzz: .venv/dev.stamp ## make fuzz MINUTES=10: look for inputs that bring the server down (installs atheris); finds lie in build/fuzz
	@$(PY) -c 'import atheris' 2> /dev/null || $(PY) -m pip install -q 'atheris==3.0.0'
	@$(PY) -m tests.fuzz --minutes $(or $(MINUTES),10)

parity: .venv/dev.stamp extension/node_modules/.stamp ## make parity MAILS='paths' or MADE=3000 SEED=1: browser against server on any mails (tests/parity)
	@mkdir -p build
	@$(if $(MADE),$(PY) -m tests.parity.made $(or $(SEED),1) $(MADE) > build/made.jsonl)
	@$(NODE) tests/parity/run.mjs $(MAILS) $(if $(MADE),build/made.jsonl)

.PHONY: blind calibrate fuzz install parity

lock: ## resolve the requirements of pyproject.toml anew into the hashed locks
	@$(PYTHON) -m venv build/lock && build/lock/bin/pip install -q 'uv==0.13.9'
	@for part in '' -dev; do env -u PIP_FIND_LINKS build/lock/bin/uv pip compile -q --upgrade --universal \
	--python-version 3.11 --generate-hashes --no-annotate --no-emit-index-url --no-emit-find-links \
	--custom-compile-command 'make lock' pyproject.toml $${part:+--group dev -c server/requirements.lock} \
	-o server/requirements$$part.lock; done
	@env -u PIP_FIND_LINKS build/lock/bin/uv pip compile -q --upgrade --universal \
	--python-version 3.11 --generate-hashes --no-annotate --no-emit-index-url --no-emit-find-links \
	--custom-compile-command 'make lock' pyproject.toml --extra meaning \
	-c server/requirements-dev.lock -o server/requirements-meaning.lock

clean: ## remove everything that was made
	@rm -rf .venv build extension/dist extension/node_modules .pytest_cache .ruff_cache .import_linter_cache

setup:
	@tests/setup/system.sh

extension: extension/dist/.stamp
	@:

.venv/run.stamp: server/requirements.lock server/requirements-meaning.lock
	@tests/setup/venv.sh '$(PYTHON)' server/requirements.lock
	@tests/setup/venv.sh '$(PYTHON)' server/requirements-meaning.lock
	@touch $@

.venv/dev.stamp: server/requirements-dev.lock .venv/run.stamp
	@tests/setup/venv.sh '$(PYTHON)' server/requirements-dev.lock
	@touch $@

build/rulebook.json: $(RULES) | .venv/run.stamp
	@mkdir -p build
	@$(PY) -m server rulebook --out $@

extension/node_modules/.stamp: extension/package-lock.json
	@echo "Installing the extension's tools (npm ci) …"
	@$(NPM) ci --loglevel=error --ignore-scripts --no-audit --no-fund
	@touch $@

extension/dist/.stamp: $(EXTENSION) build/rulebook.json extension/node_modules/.stamp
	@$(NPM) --silent run build
	@touch $@
