# The Python face: installed with pip into an empty virtual environment, tested there.

PYTHON ?= python3
PYTHON_TOOLS := .tools/python/bin
PYTHON_VENV := build/python/venv
PYTHON_WEB := build/python/web
PIP_BUILD = $(if $(ONE_BUILD),--config-settings=build-args="--features one-build" --config-settings=program-args="$(ONE_BUILD)")
# The same for what calls pip by itself.
PIP_BUILD_ANYWHERE = $(if $(ONE_BUILD),MATURIN_PEP517_ARGS="--features one-build" PIP_CONFIG_SETTINGS=program-args="$(ONE_BUILD)")
PYTHON_SOURCES := $(wildcard bindings-python/src/*.rs bindings-python/build_backend/*.py) $(shell find core/src cli/src tests/sandbox/src -type f) Cargo.toml Cargo.lock core/Cargo.toml cli/Cargo.toml tests/sandbox/Cargo.toml \
	LICENSE NOTICE bindings-python/Cargo.toml bindings-python/pyproject.toml bindings-python/README.md \
	$(shell find bindings-python/python -name '*.py' -o -name '*.pyi' -o -name py.typed -o -path '*/surface/*.txt')

.PHONY: build-python build-web-python run-demo-python suite-python check-sdist lint-python stubs-python bench-python

build-python: build/python/installed

build/python/installed: $(PYTHON_SOURCES) $(BUILD_KIND)
	@rm -rf $(PYTHON_VENV)
	@$(PYTHON) -m venv $(PYTHON_VENV)
	@tools/step "building the Python package (pip install ./bindings-python)" \
		$(PYTHON_VENV)/bin/python -m pip install --disable-pip-version-check $(PIP_BUILD) ./bindings-python
	@touch $@

# The web example's own environment; it runs with $(PYTHON_WEB)/bin/python examples/web/fastapi/app.py
build-web-python: $(PYTHON_WEB)/installed

$(PYTHON_WEB)/installed: build/python/installed examples/web/fastapi/requirements.txt
	@rm -rf $(PYTHON_WEB)
	@$(PYTHON) -m venv $(PYTHON_WEB)
	@tools/step "installing what the FastAPI example needs" $(PYTHON_WEB)/bin/python -m pip install \
		--disable-pip-version-check -r examples/web/fastapi/requirements.txt $(PIP_BUILD) ./bindings-python
	@touch $@

run-demo-python: build-python
	@$(PYTHON_VENV)/bin/python examples/python/three_grants.py

$(PYTHON_TOOLS)/installed: bindings-python/tests/requirements.txt
	@$(PYTHON) -m venv .tools/python
	@tools/step "installing what tests the Python package" \
		$(PYTHON_TOOLS)/python -m pip install --disable-pip-version-check -r bindings-python/tests/requirements.txt
	@touch $@

# The tests run in the environment that the package was installed into.
build/python/testable: build/python/installed bindings-python/tests/requirements.txt
	@tools/step "installing what runs the tests beside the Python package" $(PYTHON_VENV)/bin/python -m pip install \
		--disable-pip-version-check $$(grep -E '^(pytest|gevent|eventlet|pyinstaller|redis|requests|psycopg|httpx|gunicorn|celery)' bindings-python/tests/requirements.txt)
	@touch $@

# Writes _native.pyi, which describes the compiled module, as `lint-python` wants it.
stubs-python: $(PYTHON_TOOLS)/installed
	@tools/step "making _native.pyi" env PATH="$(CURDIR)/$(PYTHON_TOOLS):$$PATH" bindings-python/tests/make_stubs
	@cp build/python/stubs/pinterest_sdk/_native.pyi bindings-python/python/pinterest_sdk/_native.pyi

lint-python: $(PYTHON_TOOLS)/installed build/python/testable build-web-python
	@tools/step "linting Python (ruff, mypy --strict, generated stubs)" \
		env PATH="$(CURDIR)/$(PYTHON_TOOLS):$$PATH" bindings-python/tests/lint $(PYTHON_VENV) $(PYTHON_WEB)

test-python: lint-python check-sdist
# Most tests wait for something: four files of them at a time.
suite-python: build/python/testable redis-server postgres-server $(SANDBOX)
	@tools/step "testing the Python package" $(PYTHON_VENV)/bin/python -m pytest -q -n 4 --dist loadfile bindings-python
	@tools/step "running the Python examples" bindings-python/tests/run_examples $(PYTHON_VENV)/bin/python

check-sdist: $(PYTHON_TOOLS)/installed $(SANDBOX)
	@tools/step "installing the Python package from its sdist" bindings-python/tests/install $(PYTHON) $(PIP_BUILD)
	@tools/step "running the Python examples there" bindings-python/tests/run_examples build/python/from-sdist/bin/python

bench-python: build-python $(PYTHON_TOOLS)/installed $(SANDBOX)
	@tools/step "measuring the Python package" env PYTHONPATH=bindings-python/tests $(PYTHON_VENV)/bin/python tests/bench/python/run.py build/bench/python.json
