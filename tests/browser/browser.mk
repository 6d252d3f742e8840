# Every page of this repository, clicked through in Debian's Chromium. Pictures end up in build/browser.

CHROMIUM := /usr/bin/chromium
BROWSER_TOOLS := tests/browser/node_modules/installed

.PHONY: browser-tools build-web lint-browser

browser-tools: $(CHROMIUM) $(BROWSER_TOOLS)

$(CHROMIUM):
	@tools/step "installing Chromium" tests/browser/install-chromium

$(BROWSER_TOOLS): tests/browser/package.json tests/browser/package-lock.json
	@tools/step "installing what drives Chromium" npm ci --prefix tests/browser
	@touch $@

build-web: build-web-python build-web-node build-web-kotlin
	@tools/step "building the Rust programs that have pages" cargo build --release --locked \
		-p pinterest-example-axum -p pinterest-cli $(ONE_BUILD)

lint-browser: bindings-node/node_modules/installed
	@tools/step "linting the pages and their tests (eslint)" $(NODE_TOOLS)/eslint --max-warnings 0 \
		--config tests/browser/eslint.config.mjs tests/browser tests/sandbox/src/pages

# One after the other: the machine's speed is measured as well.
CLICK := node --test --test-concurrency=1

test-browser: lint-browser
suite-browser: browser-tools build-web $(SANDBOX)
	@tools/step "clicking through the sandbox's pages" $(CLICK) tests/browser/consent.test.mjs tests/browser/dashboard.test.mjs
	@tools/step "clicking through the web examples" $(CLICK) tests/browser/examples.test.mjs
	@tools/step "clicking through pinterest login" $(CLICK) tests/browser/login.test.mjs
