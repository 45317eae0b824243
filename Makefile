# `make run` to try infoshare, `make test` to test it. Python 3.11 or newer and make are all that is needed.
ifndef PYTHON
PYTHON := $(shell for name in python3 python3.14 python3.13 python3.12 python3.11; do \
	$$name -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$name && break; done)
endif
BIN := .venv/bin
EMBEDDED := $(BIN)/python -m infoshare.embedded --scratch
UV_COMPILE := UV_PYTHON_DOWNLOADS=never $(BIN)/uv pip compile -q --universal --generate-hashes --python-version 3.11 \
	--no-emit-index-url --no-emit-find-links --custom-compile-command "make lock" $(LOCK_OPTIONS)

# Where it is set, each of the many processes compiles everything anew, which takes longer than the rest of a start.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: run test test-slow check assets lock bench python

run: assets  ## everything on http://127.0.0.1:8000 (another port: make run PORT=8001)
	@exec $(BIN)/python -m infoshare.serve

test: assets  ## all tests but the slow ones
	@$(PYTHON) -m tools.tests fast

test-slow: assets  ## faults and long searches
	@$(PYTHON) -m tools.tests slow

assets: python  ## the virtual environment, the style sheet and the script
	@$(PYTHON) -m tools.assets

python:
	@$(or $(PYTHON),false) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || \
		{ echo "Python 3.11 or newer is needed: install it, or name it: make PYTHON=python3.12" >&2; exit 1; }

CHECKS := check-lint check-format check-types check-imports check-migrations check-templates \
	check-compose check-compose-schema check-compose-practice check-dockerfile
.PHONY: $(CHECKS)

check: assets  ## lint, types, import contracts, migrations, templates, deployment files; all of them, even after a failure
	@$(MAKE) --no-print-directory --keep-going $(CHECKS)

check-lint:
	$(BIN)/ruff check .
check-format:
	$(BIN)/ruff format --check .
check-types:
	$(BIN)/mypy .
check-imports:
	$(BIN)/lint-imports
check-migrations:
	$(EMBEDDED) $(BIN)/python manage.py makemigrations --check --dry-run
check-templates:
	$(BIN)/djlint --lint --quiet templates infoshare decisions retention
check-compose:
	ALLOWED_HOSTS=infoshare.example.org $(BIN)/docker-compose config -q
check-compose-schema:
	$(BIN)/check-jsonschema --builtin-schema vendor.compose-spec docker-compose.yml
check-compose-practice:
	$(BIN)/compose-lint docker-compose.yml
check-dockerfile:
	$(BIN)/hadolint Dockerfile

lock:  ## renew requirements/*.txt from *.in, keeping versions that still fit (newest: make lock LOCK_OPTIONS=--upgrade)
	for name in uv base embedded dev node bench; do $(UV_COMPILE) requirements/$$name.in -o requirements/$$name.txt || exit 1; done

BENCHMARKS = $(if $(NAME),$(NAME),$(basename $(notdir $(filter-out %/__init__.py,$(wildcard tests/benchmarks/*.py)))))
bench: assets  ## the numbers, beside their peers (one of them: make bench NAME=engine)
	@$(BIN)/uv pip install -q --python $(BIN)/python --require-hashes -r requirements/bench.txt
	@$(if $(strip $(BENCHMARKS)),,echo "There is no benchmark yet.")
	@for name in $(BENCHMARKS); do $(EMBEDDED) $(BIN)/python -m tests.benchmarks.$$name || exit 1; done
