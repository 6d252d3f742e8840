# OAuth clients that nobody here wrote, in their newest releases, log in against the sandbox. Takes Go as well;
# no part of `make test`, for it brings a hundred packages that the SDK does not need.

PEERS := build/peers
PEER_SOURCES := tests/peers

.PHONY: test-peers

test-peers: $(SANDBOX) $(PEERS)/python/installed $(PEERS)/node/installed $(PEERS)/java/installed $(PEERS)/go/peers peers-rust
	@tools/step "logging in with other people's clients" tools/with-sandbox python3 $(PEER_SOURCES)/run.py \
		"Authlib=$(PEERS)/python/bin/python $(PEER_SOURCES)/python/log_in.py authlib" \
		"requests-oauthlib=$(PEERS)/python/bin/python $(PEER_SOURCES)/python/log_in.py requests_oauthlib" \
		"httpx-oauth=$(PEERS)/python/bin/python $(PEER_SOURCES)/python/log_in.py httpx_oauth" \
		"arctic=node $(PEERS)/node/log-in.mjs arctic" \
		"openid-client=node $(PEERS)/node/log-in.mjs openid-client" \
		"simple-oauth2=node $(PEERS)/node/log-in.mjs simple-oauth2" \
		"ScribeJava=java -cp $(PEERS)/java/*:$(PEERS)/java/classes LogIn scribejava" \
		"Spring Security=java -cp $(PEERS)/java/*:$(PEERS)/java/classes LogIn spring" \
		"x/oauth2=$(PEERS)/go/peers oauth2" \
		"zitadel/oidc=$(PEERS)/go/peers zitadel" \
		"oauth2=$(PEERS)/rust/debug/peers oauth2" \
		"async-oauth2=$(PEERS)/rust/debug/peers async-oauth2"

$(PEERS)/python/installed: $(PEER_SOURCES)/python/requirements.txt
	@python3 -m venv $(@D)
	@tools/step "installing OAuth clients of Python" $(@D)/bin/pip install --quiet --disable-pip-version-check -r $<
	@touch $@

$(PEERS)/node/installed: $(wildcard $(PEER_SOURCES)/node/*)
	@mkdir -p $(@D) && cp $(PEER_SOURCES)/node/* $(@D)/
	@tools/step "installing OAuth clients of Node" npm install --prefix $(@D) --no-package-lock --no-audit --no-fund
	@touch $@

$(PEERS)/java/installed: $(PEER_SOURCES)/java/pom.xml $(PEER_SOURCES)/java/LogIn.java
	@rm -rf $(@D) && mkdir -p $(@D)
	@tools/step "installing OAuth clients of Java" $(MVN) -f $(PEER_SOURCES)/java $(COPY_DEPENDENCIES) \
		-DoutputDirectory="$(CURDIR)/$(@D)"
	@javac -d $(@D)/classes -cp '$(@D)/*' $(PEER_SOURCES)/java/LogIn.java
	@touch $@

$(PEERS)/go/peers: $(wildcard $(PEER_SOURCES)/go/*)
	@command -v go >/dev/null || { echo "make test-peers needs Go 1.26 (https://go.dev/dl/)" >&2; exit 1; }
	@tools/step "building with OAuth clients of Go" go -C $(PEER_SOURCES)/go build -o "$(CURDIR)/$@"

.PHONY: peers-rust
peers-rust:
	@tools/step "building with OAuth clients of Rust" env CARGO_TARGET_DIR="$(CURDIR)/$(PEERS)/rust" \
		cargo build --manifest-path $(PEER_SOURCES)/rust/Cargo.toml
