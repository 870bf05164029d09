# Two commands do everything: `make demo` shows the course at work, `make test` tests it.
# `make help` lists the rest.

SHELL := /bin/bash
.DEFAULT_GOAL := help

# Paths stand here relative to this folder, whose own may hold spaces, quotes or dollars. Programs are run as
# modules: the first line of a script in .venv/bin holds the folder's path, which may be too long for it.
VENV := .venv
BIN := $(VENV)/bin
RUN := $(BIN)/python -m
# What measures and tries works on copies of the course, as the tests do.
MEASURE := PYTHONPATH=tests $(BIN)/python
# Of the attempts in the banks and of the hostile submissions every SAMPLEth is tried.
SAMPLE := 1
# Set PYTHON=python3.12 to choose; otherwise the first of these that is 3.11, 3.12 or 3.13.
PYTHON ?= $(shell for p in python3 python3.13 python3.12 python3.11; do \
	$$p -c 'import sys; raise SystemExit(not (3, 11) <= sys.version_info[:2] < (3, 14))' 2>/dev/null \
	&& echo $$p && break; done)

# JupyterLab with warm kernels, started from a folder below this one; -P, so that nothing in the folder where
# it starts is taken for a module. ARGS are JupyterLab's own, such as ARGS=--no-browser.
LAB = PATH="$$OLDPWD/$(BIN):$$PATH" python -P -m autograde.kernels.lab $(ARGS)

##@ The two commands
.PHONY: demo
demo: setup ## Set up, build every lesson, grade a sample class, write feedback, export the grades
	@$(RUN) autograde demo

.PHONY: test
test: setup-dev ## Set up and run the tests
	@$(RUN) pytest -n auto --dist loadfile

.PHONY: test-long
test-long: setup-dev ## Run the longer tests: all lessons, all banks, a real browser, figures
	@$(RUN) pytest -m long -o timeout=1800 --sample $(SAMPLE)

##@ Students and instructors
.PHONY: lab
lab: build ## Open JupyterLab on the student's side: all lessons, the welcome lesson in front
	@mkdir -p course/student && cp -Rn course/release/. course/student/ || true
	@cd course/student && $(LAB)

.PHONY: teach
teach: build ## Open JupyterLab on the instructor's side, with formgrader
	@cd course && $(LAB)

.PHONY: build
build: setup ## Build every lesson that has changed
	@$(RUN) autograde build

.PHONY: verify
verify: setup ## Test the tests: judge the banks of right and wrong answers
	@$(RUN) autograde verify

##@ Authors
.PHONY: tables
tables: setup ## Write the tables "Then and now" and the error clinic from their data
	@$(RUN) autograde tables

.PHONY: times
times: setup ## Run every lesson, write the times into the headers and docs/times.md
	@$(MEASURE) benchmarks/lesson_times.py

.PHONY: figures
figures: setup ## Repeat the headline experiments with three seeds, write docs/figures.md (an hour)
	@$(MEASURE) experiments/figures.py

.PHONY: bench
bench: setup ## Print what grading takes: the cells of each lesson, and a class beside nbgrader's own
	@$(MEASURE) benchmarks/graded_cells.py $(QUICK)
	@$(MEASURE) benchmarks/grading.py $(QUICK)
	@$(MEASURE) benchmarks/warm_kernel.py
	@$(MEASURE) benchmarks/redraws.py

.PHONY: faults
faults: setup ## Grade while processes are killed at random; every grade must be right
	@$(MEASURE) tests/safety/faults.py $(KILLS)

.PHONY: mutants
mutants: setup-dev ## Test the tests: they must notice each small change in a reference answer
	@$(MEASURE) tests/mutation/mutants.py $(LESSONS) --sample $(SAMPLE)

.PHONY: safety
safety: setup-dev ## Grade a class of cheats and vandals; nothing of what they try may succeed
	@$(MEASURE) tests/safety/safety.py $(GROUPS) --sample $(SAMPLE)

##@ Housekeeping
.PHONY: setup
setup: $(VENV)/.installed ## Create .venv and install what the course needs

.PHONY: setup-dev
setup-dev: $(VENV)/.installed-dev ## The same, with what the tests need

.PHONY: format
format: setup-dev ## Format the code
	@$(BIN)/ruff format . && $(BIN)/ruff check --fix .

.PHONY: lock
lock: setup-dev ## Make the lock files anew from pyproject.toml
	$(BIN)/uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes \
		--no-emit-index-url --quiet -o requirements.lock
	$(BIN)/uv pip compile pyproject.toml --group dev --universal --python-version 3.11 --generate-hashes \
		--no-emit-index-url --quiet -c requirements.lock -o requirements-dev.lock

.PHONY: clean
clean: ## Undo: the environment, what was built, the sample class; never anybody's own work
	@test ! -d $(VENV) || $(RUN) autograde clean || echo "The folder course/ was left as it is; see above." >&2
	rm -rf $(VENV) *.egg-info .pytest_cache .ruff_cache

.PHONY: help
help: ## List these targets
	@awk 'BEGIN {FS = ":.*## "} /^##@/ {printf "\n%s\n", substr($$0, 5)} \
		/^[a-z-]+:.*## / {printf "  make %-10s %s\n", $$1, $$2}' Makefile

$(BIN)/python:
	@case "$$PWD" in *[:?{}]*) echo "Python's packages and the gradebook cannot be kept in a folder with : ? { or } \
	in its path. Move or rename it: $$PWD" >&2; exit 1;; esac
	@test -n "$(PYTHON)" || { echo "Python 3.11, 3.12 or 3.13 is needed; none was found. \
	Install one, or name it: make demo PYTHON=/path/to/python3.12" >&2; exit 1; }
	@echo "Creating $(VENV) with $(PYTHON)"
	@if command -v uv >/dev/null; then uv venv --quiet --allow-existing --python "$(PYTHON)" $(VENV); \
	else "$(PYTHON)" -m venv $(VENV); fi

$(VENV)/.installed: requirements.lock pyproject.toml | $(BIN)/python
	@echo "Installing the course's packages (once; a few minutes)"
	@$(BIN)/python install.py requirements.lock
	@touch $@

$(VENV)/.installed-dev: requirements-dev.lock $(VENV)/.installed
	@echo "Installing what the tests need"
	@$(BIN)/python install.py requirements-dev.lock
	@touch $@
