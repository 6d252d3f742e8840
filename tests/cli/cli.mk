# The command line's tests: a real program on pipes and terminals, against a real sandbox.

CLI_TOOLS := .tools/cli/bin
RUFF_CLI := .tools/python/bin/ruff

.PHONY: build-cli lint-cli

# Cargo decides whether there is anything to do.
build-cli:
	@tools/step "building the command line" cargo build --release --locked -p pinterest-cli $(ONE_BUILD)

$(CLI_TOOLS)/installed: tests/cli/requirements.txt
	@$(PYTHON) -m venv .tools/cli
	@tools/step "installing what tests the command line" \
		$(CLI_TOOLS)/python -m pip install --disable-pip-version-check -r tests/cli/requirements.txt
	@touch $@

lint-cli: .tools/python/bin/installed $(CLI_TOOLS)/installed
	@tools/step "checking the formatting of the command line's tests" \
		$(RUFF_CLI) format --check --config bindings-python/pyproject.toml tests/cli
	@tools/step "linting the command line's tests" $(RUFF_CLI) check --config bindings-python/pyproject.toml \
		--config 'src = ["tests/cli"]' --extend-ignore D101,D102,D103,INP001,S,PLR2004,PTH123,RUF001 tests/cli
	@tools/step "checking their types" \
		.tools/python/bin/mypy --strict --python-executable $(CLI_TOOLS)/python tests/cli

# Most tests wait for something: four of them at a time.
CLI_PYTEST := $(CLI_TOOLS)/python -m pytest -q -p no:cacheprovider -n 4 tests/cli

# Whole as the program itself; the Python and Node packages only start it.
test-cli: lint-cli
suite-cli: $(CLI_TOOLS)/installed build-cli build-python build-node secret-service $(SANDBOX)
	@tools/step "testing the command line" $(CLI_PYTEST)
	@tools/step "testing it as python -m pinterest_sdk" \
		env PINTEREST_CLI="'$(CURDIR)/$(PYTHON_VENV)/bin/python' -m pinterest_sdk" $(CLI_PYTEST) -m smoke
	@tools/step "testing it as npx pinterest-sdk" \
		env PINTEREST_CLI="'$(CURDIR)/build/node/node_modules/.bin/pinterest-sdk'" $(CLI_PYTEST) -m smoke
