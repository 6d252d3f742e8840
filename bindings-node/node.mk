# The Node face: packed as users get it, installed into an empty folder, tested there.

NODE_SOURCES := $(wildcard bindings-node/src/*.rs bindings-node/lib/*.cjs bindings-node/*.cjs bindings-node/*.mjs bindings-node/*.d.ts \
		bindings-node/generate/*.mjs bindings-node/published/*.txt) bindings-node/tests/install \
	$(shell find core/src cli/src tests/sandbox/src -type f) bindings-node/Cargo.toml bindings-node/build.rs core/Cargo.toml cli/Cargo.toml tests/sandbox/Cargo.toml \
	Cargo.toml Cargo.lock bindings-node/package.json bindings-node/README.md
NODE_TOOLS := bindings-node/node_modules/.bin
ESLINT := $(NODE_TOOLS)/eslint --config bindings-node/eslint.config.mjs --max-warnings 0

.PHONY: build-node build-web-node run-demo-node lint-node bench-node

build-node: build/node/installed
	@:

bindings-node/node_modules/installed: bindings-node/package.json bindings-node/package-lock.json
	@tools/step "installing what builds the Node package" npm ci --prefix bindings-node
	@touch $@

build/node/installed: bindings-node/node_modules/installed $(NODE_SOURCES) $(BUILD_KIND)
	@tools/step "building the Node package" npm run --prefix bindings-node $(if $(ONE_BUILD),build:quick -- $(ONE_BUILD),build)
	@tools/step "installing the packed Node packages into an empty folder" bindings-node/tests/install build/node
	@touch $@

run-demo-node: build/node/three-grants.mjs
	@node $<

# The web example beside the installed package, where Node finds it.
build-web-node: build/node/web/app.mjs

build/node/web/app.mjs: $(wildcard examples/web/express/*) build/node/installed
	@mkdir -p build/node/web && cp examples/web/express/*.json build/node/web
	@tools/step "installing Express for the web example" npm ci --prefix build/node/web
	@cp examples/web/express/app.mjs $@

build/node/three-grants.mjs: examples/node/three-grants.mjs build/node/installed
	@cp $< $@

# Jest as its users have it.
JEST := .tools/jest/node_modules/installed

$(JEST): bindings-node/tests/jest/package.json bindings-node/tests/jest/package-lock.json
	@mkdir -p .tools/jest && cp $^ .tools/jest
	@tools/step "installing Jest" npm ci --prefix .tools/jest
	@touch $@

# Clients of Redis as programs bring them along.
REDIS_CLIENTS := .tools/redis/node_modules/installed

$(REDIS_CLIENTS): bindings-node/tests/redis/package.json bindings-node/tests/redis/package-lock.json
	@mkdir -p .tools/redis && cp $^ .tools/redis
	@tools/step "installing clients of Redis" npm ci --prefix .tools/redis
	@touch $@

# A library for keyrings, likewise.
KEYRING_LIBRARY := .tools/keyring/node_modules/installed

$(KEYRING_LIBRARY): bindings-node/tests/keyring/package.json bindings-node/tests/keyring/package-lock.json
	@mkdir -p .tools/keyring && cp $^ .tools/keyring
	@tools/step "installing a library for keyrings" npm ci --prefix .tools/keyring
	@touch $@

lint-node: build-node
	@tools/step "linting JavaScript (eslint)" $(ESLINT) bindings-node examples/node examples/web/express tests/bench/node tools/published_node.mjs
	@rm -rf build/node/types && cp -r bindings-node/tests/types build/node/types
	@for project in . bare exact; do \
		tools/step "checking a user's types (tsc, strict, $$project)" $(NODE_TOOLS)/tsc \
			--project build/node/types/$$project --typeRoots bindings-node/node_modules/@types || exit; \
	done
	@tools/step "comparing the generated native.d.ts" git diff --exit-code -- bindings-node/native.d.ts

# Most tests wait for something: four files of them at a time.
test-node: lint-node
suite-node: build-node $(JEST) $(REDIS_CLIENTS) $(KEYRING_LIBRARY) redis-server secret-service build-web-node build/node/three-grants.mjs $(SANDBOX)
	@tools/step "testing the Node package" node --test --test-force-exit --test-concurrency=4 $(wildcard bindings-node/tests/*.test.mjs)
	@tools/step "running the Node example" tools/with-sandbox --code test-node env PINTEREST_CODE=test-node \
		node build/node/three-grants.mjs

bench-node: build-node $(SANDBOX)
	@tools/step "measuring the Node package" node tests/bench/node/run.mjs build/bench/node.json
