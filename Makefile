# make demo · make test · make bench, and one of each per language: make demo-python, test-node …
# Everything is installed and built under this folder (.tools/, build/, target/).

LANGUAGES := rust python node kotlin
PARTS := $(LANGUAGES) soak cli elsewhere packages browser docs dropin
SANDBOX := target/release/pinterest-sandbox

.DEFAULT_GOAL := help

# How the Rust is built. What is only tried and tested: quickly. What is measured: as it is released, which is how
# `pip install`, `npm run build` and `cargo install` build it too.
BUILD := quick
bench bench-%: BUILD := released
export CARGO_PROFILE_RELEASE_OPT_LEVEL = $(if $(filter quick,$(BUILD)),1,3)
export CARGO_PROFILE_RELEASE_LTO = $(if $(filter quick,$(BUILD)),off,fat)
export CARGO_PROFILE_RELEASE_CODEGEN_UNITS = $(if $(filter quick,$(BUILD)),16,1)
# Beside what is built quickly: each library is built once for all programs and tests.
ONE_BUILD = $(if $(filter quick,$(BUILD)),-p pinterest-one-build)
# Gigabytes that only a second build of the same place uses.
export CARGO_INCREMENTAL ?= 0

# Changes when the next build is of the other kind.
BUILD_KIND := build/kind
$(BUILD_KIND): FORCE
	@mkdir -p $(@D) && { echo $(BUILD) | cmp -s - $@ || echo $(BUILD) >$@; }
.PHONY: help demo test bench sandbox $(LANGUAGES:%=demo-%) bench-rust bench-python bench-node bench-kotlin bench-cli \
        soak build-soak ready checks build-tests $(PARTS:%=suite-%) $(PARTS:%=test-%) \
        build-rust run-demo-rust lint-rust lint-docs check-operations check-alone check-outside check-crates

help:
	@echo "make demo    builds everything, runs all three grants in all four languages, logs in through a browser"
	@echo "make test    every test of every language, lints, generated files, examples"
	@echo "make bench   speed and size, side by side with the published clients"
	@echo "make test-peers   OAuth clients that nobody here wrote, against the sandbox (needs Go as well)"
	@echo "One language only: make demo-python, make test-node, make bench-kotlin …"

include bindings-python/python.mk bindings-node/node.mk bindings-kotlin/kotlin.mk
include tests/dropin/python/dropin.mk tests/dropin/node/dropin.mk
include tests/cli/cli.mk tests/browser/browser.mk tests/packages/packages.mk tests/elsewhere/elsewhere.mk
include tests/peers/peers.mk tests/redis/redis.mk tests/postgres/postgres.mk tests/keyring/keyring.mk

# One language after the other: a build uses every core by itself.
demo:
	@tools/demo $(LANGUAGES)
	@tools/demo-login

$(LANGUAGES:%=demo-%): demo-%:
	@tools/demo $*

test:
	@exec env MAKE=$(MAKE) tools/test $(filter-out dropin,$(PARTS))

# What the suites need is built and installed one after the other; the tests of Rust last, for they share a folder with
# what is linted meanwhile.
ready: lint-kotlin build-rust build-python build/python/testable build-node build-kotlin build-kotlin-example build-cli build-web build-soak \
	redis-server postgres-server secret-service browser-tools .tools/python/bin/installed $(CLI_TOOLS)/installed \
	build/node/three-grants.mjs $(JEST) $(REDIS_CLIENTS) $(KEYRING_LIBRARY) \
	$(DROPIN_PYTHON_CLIENTS:%=%/installed) $(NODE_PUBLISHED)/installed build-tests

checks: lint-python lint-node lint-cli lint-browser lint-docs check-operations check-outside check-crates check-sdist suite-dropin

bench:
	@for language in rust python node kotlin cli; do $(MAKE) --no-print-directory bench-$$language || exit; done
	@python3 tests/bench/report.py build/bench README.md docs/bench.svg

bench-rust: redis-server
	@mkdir -p build/bench
	@tools/step "measuring the token manager" sh -c \
		'cargo bench --quiet --locked -p pinterest-sdk --features redis --bench tokens >build/bench/rust.json'

# Beside GitHub's command line, where it is installed or can be.
bench-cli: build-cli browser-tools $(SANDBOX)
	@command -v gh >/dev/null || [ "$$(id -u)" != 0 ] || tools/step "installing gh to compare with" \
		env DEBIAN_FRONTEND=noninteractive apt-get install --yes --no-install-recommends gh
	@tools/step "measuring the command line" python3 tests/bench/cli/run.py build/bench/cli.json

build-soak: $(SANDBOX) build-python build/python/testable build-node build-kotlin redis-server $(REDIS_CLIENTS)
	@tools/step "building a worker of the soak test in Rust" cargo build --release --locked -p pinterest-soak $(ONE_BUILD)
	@tools/step "building one in Kotlin" $(MVN) -f tests/soak/kotlin package $(COPY_DEPENDENCIES)
	@cp tests/soak/worker.mjs build/node/soak.mjs

suite-soak: build-soak
	@tools/step "keeping tokens for 3,000 hours of their life, in four languages" python3 tests/soak/soak.py --hours 3000
	@tools/step "keeping them in Redis, also from a network of its own" python3 tests/soak/soak.py --hours 3000 --store redis

# What `make test` does for seconds, for an hour or more.
soak: build-soak
	@tools/step "keeping tokens for 10,000 hours of their life, in four languages" python3 tests/soak/soak.py --hours 10000
	@tools/step "keeping them in Redis, also from a network of its own" python3 tests/soak/soak.py --hours 10000 --store redis
	@PINTEREST_ROUNDS=10000 tools/step "killing processes in the middle of 10,000 renewals" cargo test --release --locked \
		--features pinterest-sdk/store -p pinterest-sdk $(ONE_BUILD) --test killed
	@PINTEREST_ROUNDS=500 tools/step "killing Python in the middle of 500 renewals" \
		$(PYTHON_VENV)/bin/python -m pytest -q bindings-python/tests/test_token_processes.py -k kill
	@PINTEREST_ROUNDS=500 tools/step "killing Node in the middle of 500 renewals" \
		node --test --test-force-exit --test-name-pattern="is killed" bindings-node/tests/tokens-processes.test.mjs
	@PINTEREST_ROUNDS=500 tools/step "killing Kotlin in the middle of 500 renewals" $(MVN) -f bindings-kotlin -Dexec.skip \
		-Dtest=TokenProcessesTest -Dsurefire.timeout=3600 verify
	@PINTEREST_ROUNDS=5000 tools/step "trying 15,000 sequences of what can happen to tokens" cargo test --release --locked \
		--features pinterest-sdk/store -p pinterest-sdk $(ONE_BUILD) --test rotation

sandbox: $(SANDBOX)

# Cargo decides whether there is anything to do; it takes a fraction of a second when there is not.
$(SANDBOX): FORCE
	@tools/step "building the sandbox" cargo build --release --locked -p pinterest-sandbox $(ONE_BUILD)

FORCE:
.PHONY: FORCE

build-rust:
	@tools/step "building the Rust crate and its example" cargo build --release --locked -p pinterest-examples $(ONE_BUILD)

run-demo-rust: build-rust
	@target/release/three-grants

lint-rust:
	@tools/step "checking the formatting of Rust" cargo fmt --all --check
	@tools/step "linting Rust (clippy, pedantic)" cargo clippy --locked --workspace --all-targets --features pinterest-sdk/redis -- -D warnings
	@tools/step "building the Rust documentation" env RUSTDOCFLAGS="-D warnings" cargo doc --locked --no-deps \
		--features pinterest-sdk/redis,pinterest-sdk/browser -p pinterest-sdk -p pinterest-sandbox $(ONE_BUILD)
	@tools/step "running the documentation's examples" cargo test --doc --locked --features pinterest-sdk/redis \
		-p pinterest-sdk -p pinterest-sandbox $(ONE_BUILD)

RUST_TESTS := build/tests/rust.json

build-tests:
	@tools/step "building the tests of Rust" tools/cargo-test build $(RUST_TESTS) --locked --features pinterest-sdk/redis \
		-p pinterest-sdk -p pinterest-cli -p pinterest-sandbox -p pinterest-examples -p pinterest-sdk-ffi $(ONE_BUILD)

test-rust: lint-rust build-tests check-alone check-outside
suite-rust: redis-server $(SANDBOX)
	@tools/step "testing the core, the sandbox, the examples and the border to Kotlin" tools/cargo-test run $(RUST_TESTS)

# Where libraries are built once for all, one may have what only another asks for.
check-alone:
	@for face in python node ffi; do \
		tools/step "checking the crate of a face by itself ($$face)" cargo check --locked -p pinterest-sdk-$$face || exit; \
	done

check-outside: $(SANDBOX)
	@tools/step "using the crate from a program outside the workspace" tests/outside/run

RUFF := .tools/python/bin/ruff
PROGRAMS := tests/docs tests/packages tests/soak/soak.py tests/soak/places.py tests/soak/forward.py tests/bench/report.py tests/bench/cli tests/dropin/page.py

lint-docs: .tools/python/bin/installed
	@tools/step "linting the programs around the tests" $(RUFF) check --config bindings-python/pyproject.toml \
		--extend-ignore INP001,T201,RUF001,RUF002,S,PTH123,ANN201 $(PROGRAMS) tests/soak/worker.py tests/peers
	@tools/step "checking their types" .tools/python/bin/mypy --strict $(PROGRAMS)
	@tools/step "linting what imports the table of operations" $(RUFF) check --config bindings-python/pyproject.toml \
		--config 'src = ["tools/operations", "tests/operations"]' \
		--extend-ignore INP001,T201,RUF001,S,D,C901,PLR0911,PLR0912,PLR2004,TC tools/operations tests/operations
	@tools/step "checking its types" env MYPYPATH=tools/operations:tests/operations .tools/python/bin/mypy --strict \
		--explicit-package-bases tools/operations/*.py tests/operations

# The published clients and ours, side by side: bindings that are not installed are built first.
suite-dropin: $(SANDBOX) build-python build-node
	@$(MAKE) --no-print-directory dropin-python dropin-node

check-operations: .tools/python/bin/installed
	@tools/step "testing what imports the table of operations" \
		.tools/python/bin/python -m pytest -q -p no:cacheprovider tests/operations

test-docs: lint-docs check-operations
suite-docs: $(SANDBOX) build-rust build-python build-node build-kotlin browser-tools
	@tools/step "running the README's code" python3 tests/docs/run_readme.py
	@tools/step "running the pages' fragments of Kotlin and Java" python3 tests/docs/run_fragments.py
	@tools/step "running the README's commands, from an app id to a greeting" \
		env $(PIP_BUILD_ANYWHERE) tools/with-sandbox python3 tests/docs/run_newcomer.py

# After the lints and checks that a part lists as its own.
$(PARTS:%=test-%): test-%: suite-%
