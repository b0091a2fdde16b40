# Every target works on a new clone: the first one that needs it makes .venv. Nothing is asked of the machine but
# Python 3.11 or later (PYTHON=… to name it) and, for the browser tests, Chromium.

PYTHON ?= python3.11
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
PAGE := corpora/pages/trs/retold.html
SOURCES := heshu pipeline extractors schemas corpora
# The commit that a change is held against by `make gains`.
BASE := HEAD~1
# A picture of the installed package for mypy, which cannot follow folders mapped under another name.
TREE := build/types

.PHONY: help install demo test lint types licences slow bench floors gains notebooks constraints clean
.DEFAULT_GOAL := help

help:
	@echo "make demo         install and check the bundled transcript"
	@echo "make test         lint, types, licences and the tests"
	@echo "make lint types licences    one of them alone"
	@echo "make slow         the tests that take long"
	@echo "make bench        speed against peers, as ratios"
	@echo "make floors       accuracy on the gold documents against corpora/floors.json"
	@echo "make gains        what a change won and lost on the gold documents (BASE=commit)"
	@echo "make notebooks    run the notebooks of docs/ anew and keep their outputs"
	@echo "make constraints  pin the dev tree anew (UPGRADE=--upgrade for newer versions)"
	@echo "make clean        remove everything that was made"

install: $(STAMP)

# In two steps, because the hash of a local folder cannot be checked.
$(STAMP): constraints.txt pyproject.toml
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --require-hashes -r constraints.txt
	$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation -e .
	@touch $@

demo: $(STAMP)
	$(BIN)/heshu check --exit-zero $(PAGE)

test: lint types licences
	$(BIN)/python -m pytest -n 2 -q

lint: $(STAMP)
	$(BIN)/ruff check .

types: $(STAMP)
	@mkdir -p $(TREE)/heshu
	@ln -sfn ../../../heshu/__init__.py ../../../heshu/py.typed $(TREE)/heshu/
	@for part in __main__.py; do test ! -e heshu/$$part || ln -sfn ../../../heshu/$$part $(TREE)/heshu/; done
	@ln -sfn ../../../pipeline ../../../extractors ../../../schemas ../../../corpora $(TREE)/heshu/
	@ln -sfn ../../tests $(TREE)/tests
	cd $(TREE) && ../../$(BIN)/mypy --config-file ../../pyproject.toml --cache-dir ../../.mypy_cache heshu tests

licences: $(STAMP)
	$(BIN)/python tests/licences.py

slow: $(STAMP)
	$(BIN)/python -m pytest -n 2 -q -m slow

bench: $(STAMP)
	@for script in $(filter-out benchmarks/gains.py,$(wildcard benchmarks/*.py)); do \
	  echo "$$script"; $(BIN)/python $$script || exit 1; done

floors: $(STAMP)
	$(BIN)/heshu evaluate --floors corpora/floors.json

gains: $(STAMP)
	$(BIN)/python benchmarks/gains.py $(BASE)

notebooks: $(STAMP)
	$(BIN)/python docs/notebooks.py

# Addresses of package indexes never enter the file: names, versions and hashes only.
constraints: $(STAMP)
	$(BIN)/pip-compile --quiet --all-extras --generate-hashes --strip-extras --unsafe-package pip \
	  --no-header --no-annotate --no-emit-options --no-emit-index-url --no-emit-find-links --no-emit-trusted-host \
	  $(UPGRADE) --output-file constraints.txt pyproject.toml
	sed -i.bak '/^ *#/d;/^$$/d' constraints.txt && rm constraints.txt.bak

clean:
	rm -rf $(VENV) build dist *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis
	find $(SOURCES) tests benchmarks -name __pycache__ -type d -prune -exec rm -rf {} +
