# Two commands do everything: `make demo` shows the course at work, `make test` tests it.
# `make help` lists the rest.

SHELL := /bin/bash
.DEFAULT_GOAL := help

VENV := .venv
BIN := $(VENV)/bin
# Set PYTHON=python3.12 to choose; otherwise the first of these that is 3.11, 3.12 or 3.13.
PYTHON ?= $(shell for p in python3 python3.13 python3.12 python3.11; do \
	$$p -c 'import sys; raise SystemExit(not (3, 11) <= sys.version_info[:2] < (3, 14))' 2>/dev/null \
	&& echo $$p && break; done)
UV := $(shell command -v uv 2>/dev/null)

# Packages are compiled to bytecode while they are installed: TensorFlow then imports in 4 s, not 10.
ifneq ($(UV),)
  CREATE_VENV = $(UV) venv --quiet --allow-existing --python $(PYTHON) $(VENV)
  INSTALL = VIRTUAL_ENV=$(CURDIR)/$(VENV) $(UV) pip install --compile-bytecode
else
  CREATE_VENV = $(PYTHON) -m venv $(VENV)
  INSTALL = env -u PYTHONDONTWRITEBYTECODE $(BIN)/python -m pip install --compile --disable-pip-version-check
endif

# JupyterLab with warm kernels; -P, so that nothing in the folder where it starts is taken for a module.
LAB = PATH="$(CURDIR)/$(BIN):$$PATH" python -P -m autograde.kernels

##@ The two commands
.PHONY: demo
demo: setup ## Set up, build every lesson, grade a sample class, write feedback, export the grades
	@$(BIN)/autograde demo

.PHONY: test
test: setup-dev ## Set up and run the tests
	@$(BIN)/python -m pytest -n auto --dist loadfile

.PHONY: test-long
test-long: setup-dev ## Run the longer tests: all lessons, all banks, a real browser, figures
	@$(BIN)/python -m pytest -m long

##@ Students and instructors
.PHONY: lab
lab: build ## Open JupyterLab on the student's side, with the welcome lesson
	@mkdir -p course/student && cp -Rn course/release/. course/student/ || true
	@cd course/student && $(LAB) 00_start_here/00_start_here.ipynb

.PHONY: teach
teach: build ## Open JupyterLab on the instructor's side, with formgrader
	@cd course && $(LAB)

.PHONY: build
build: setup ## Build every lesson that has changed
	@$(BIN)/autograde build

.PHONY: verify
verify: setup ## Test the tests: judge the banks of right and wrong answers
	@$(BIN)/autograde verify

##@ Authors
.PHONY: tables
tables: setup ## Write the tables "Then and now" into the lessons and docs/then_and_now.md
	@$(BIN)/autograde then-and-now

.PHONY: times
times: setup ## Run every lesson, write the times into the headers and docs/times.md
	@$(BIN)/python benchmarks/lesson_times.py

.PHONY: figures
figures: setup ## Repeat the headline experiments with three seeds, write docs/figures.md (an hour)
	@$(BIN)/python benchmarks/figures.py

.PHONY: bench
bench: setup ## Print what grading takes: the cells of each lesson, and a class beside nbgrader's own
	@$(BIN)/python benchmarks/graded_cells.py
	@$(BIN)/python benchmarks/grading.py $(QUICK)
	@$(BIN)/python benchmarks/warm_kernel.py

.PHONY: faults
faults: setup ## Grade while processes are killed at random; every grade must be right
	@$(BIN)/python benchmarks/faults.py

.PHONY: safety
safety: setup-dev ## Grade a class of cheats and vandals; nothing of what they try may succeed
	@$(BIN)/python benchmarks/safety.py

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
	@test ! -x $(BIN)/autograde || $(BIN)/autograde demo --undo
	rm -rf course/source course/release course/.build course/logs
	@rmdir course/submitted course/autograded course/feedback 2>/dev/null || true
	rm -rf $(VENV) *.egg-info .pytest_cache .ruff_cache

.PHONY: help
help: ## List these targets
	@awk 'BEGIN {FS = ":.*## "} /^##@/ {printf "\n%s\n", substr($$0, 5)} \
		/^[a-z-]+:.*## / {printf "  make %-10s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

$(BIN)/python:
	@test -n "$(PYTHON)" || { echo "Python 3.11, 3.12 or 3.13 is needed; none was found. \
	Install one, or name it: make demo PYTHON=/path/to/python3.12" >&2; exit 1; }
	@echo "Creating $(VENV) with $(PYTHON)"
	@$(CREATE_VENV)

$(VENV)/.installed: requirements.lock pyproject.toml | $(BIN)/python
	@echo "Installing the course's packages (once; a few minutes)"
	@$(INSTALL) -r requirements.lock
	@$(INSTALL) --quiet --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/.installed-dev: requirements-dev.lock $(VENV)/.installed
	@echo "Installing what the tests need"
	@$(INSTALL) -r requirements-dev.lock
	@touch $@
