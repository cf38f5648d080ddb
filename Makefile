# `make demo` answers a demand from the Norwegian education database, `make test` is the whole gate. Both install what
# they need into .venv, from the locked files in requirements/, and do only what is out of date when run again.
.PHONY: demo test quick coverage wheel site dst grammar pages lock clean
.DELETE_ON_ERROR:

PYTHON ?= $(shell for python in python3 python3.14 python3.13 python3.12 python3.11; do \
	$$python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && { echo $$python; break; }; done)
BIN := .venv/bin
PIP := $(BIN)/python -m pip --quiet --disable-pip-version-check install
LOCKED := $(PIP) --no-deps --require-hashes

demo: .venv/vkd.stamp build/utdanning/vkd.toml
	$(BIN)/vkd run --workspace build/utdanning examples/utdanning/demands/demo.vkd

test: .venv/test.stamp .venv/vkd.stamp build/sources/ssb-nudb/.stamp build/sources/dst-fsv/.stamp
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/pytest

# What one runs between two thoughts: lint, and the tests marked quick (tests/conftest.py says which).
quick: .venv/test.stamp .venv/vkd.stamp
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/pytest -q -m quick

# How much of the code the tests run, programs that they start included: what a start imports is therefore not tested. It
# takes about half as long again as the tests alone.
coverage: .venv/test.stamp .venv/vkd.stamp build/sources/ssb-nudb/.stamp build/sources/dst-fsv/.stamp
	rm -f .coverage .coverage.*
	$(BIN)/coverage run -m pytest -q --ignore=tests/tidy/test_startup.py $(TESTS)
	$(BIN)/coverage combine --quiet
	$(BIN)/coverage report --fail-under=95

# The wheel, built, installed in an environment of its own and tried.
wheel: .venv/test.stamp .venv/vkd.stamp
	$(BIN)/python tests/packaging/try_wheel.py --offline

# The documentation as a site that needs no server and loads nothing from elsewhere.
site: build/site-tools/.stamp
	NO_MKDOCS_2_WARNING=1 build/site-tools/bin/mkdocs build --quiet --strict --site-dir build/site

build/site-tools/.stamp: requirements/site.txt
	$(PYTHON) -m venv --clear $(dir $@)
	$(dir $@)bin/python -m pip --quiet --disable-pip-version-check install --no-deps --require-hashes --requirement $<
	touch $@

# The whole catalogue of Statistics Denmark's research registers.
dst: build/dst/vkd.toml

IMPORTERS := $(wildcard catalog/vkd_catalog/importers/*.py)

build/utdanning/vkd.toml: build/sources/ssb-nudb/.stamp $(IMPORTERS) .venv/vkd.stamp
	$(BIN)/vkd catalogue import ssb-nudb --from $(dir $<) --to $(dir $@)
	touch $@

build/dst/vkd.toml: build/sources/dst-fsv/.stamp $(IMPORTERS) .venv/vkd.stamp
	$(BIN)/vkd catalogue import dst-fsv --from $(dir $<) --to $(dir $@)
	touch $@

# The packages hold data; what they would need to run as programs is left out.
build/sources/%/.stamp: requirements/%.txt | .venv/run.stamp
	rm -rf $(dir $@)
	$(LOCKED) --target $(dir $@) --requirement $<
	touch $@

# The project itself, editable, with the compiled grammar in it.
.venv/vkd.stamp: pyproject.toml grammar/build_hook.py grammar/tree-sitter-vkd/src/parser.c \
		grammar/tree-sitter-vkd/binding.c requirements/zig.txt | .venv/run.stamp
	$(BIN)/python grammar/build_hook.py || $(LOCKED) --requirement requirements/zig.txt
	$(PIP) --no-deps --no-build-isolation --editable .
	touch $@

.venv/%.stamp: requirements/%.txt | $(BIN)/python
	$(LOCKED) --requirement $<
	touch $@

$(BIN)/python:
	@test -n "$(PYTHON)" || { echo "vkd needs Python 3.11 or newer; name one with: make PYTHON=..." >&2; exit 1; }
	$(PYTHON) -m venv .venv

# The committed parser, made anew after a change of grammar.js; the digest lets a test see that it was.
TREE_SITTER ?= tree-sitter
GRAMMAR := grammar/tree-sitter-vkd

grammar:
	$(TREE_SITTER) generate --abi 14 --output $(GRAMMAR)/src $(GRAMMAR)/grammar.js
	$(PYTHON) -c 'import hashlib, sys; print(hashlib.sha256(sys.stdin.buffer.read()).hexdigest())' \
		< $(GRAMMAR)/grammar.js > $(GRAMMAR)/src/grammar.js.sha256

# What is written from the code: the pages of capabilities, commands and rules, what the commands of the tutorial and of docs/describe.md print, and what
# editors know of languages, engines and rules.
pages:
	$(BIN)/python docs/capabilities.py
	$(BIN)/python docs/commands.py
	$(BIN)/python docs/rules/write.py
	$(BIN)/python editors/write.py
	$(BIN)/python docs/tutorial.py

# Exact versions and hashes for every platform; `make lock UPGRADE=--upgrade` also takes newer versions.
COMPILE = build/uv/bin/uv --quiet pip compile $(UPGRADE) --universal --generate-hashes \
	--custom-compile-command 'make lock'

lock: build/uv/bin/uv
	$(COMPILE) pyproject.toml --extra test --group build --output-file requirements/test.txt
	$(COMPILE) pyproject.toml --group build --constraint requirements/test.txt --output-file requirements/run.txt
	$(COMPILE) pyproject.toml --extra book --constraint requirements/test.txt --output-file requirements/book.txt
	$(COMPILE) pyproject.toml --extra mcp --constraint requirements/test.txt --output-file requirements/mcp.txt
	$(COMPILE) --group zig --output-file requirements/zig.txt
	$(COMPILE) --group site --output-file requirements/site.txt
	$(COMPILE) --no-deps --group ssb-nudb --output-file requirements/ssb-nudb.txt
	$(COMPILE) --no-deps --group dst-fsv --output-file requirements/dst-fsv.txt

build/uv/bin/uv:
	$(PYTHON) -m venv build/uv
	build/uv/bin/python -m pip --quiet install uv

clean:
	rm -rf .venv build
