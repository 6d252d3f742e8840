# The same programs on the published `pinterest-sdk` and on ours, side by side.

NODE_PUBLISHED := .tools/dropin/node-published
NODE_DROPIN := tests/dropin/node

.PHONY: dropin-node

$(NODE_PUBLISHED)/installed: $(NODE_DROPIN)/published/package.json $(NODE_DROPIN)/published/package-lock.json
	@mkdir -p $(NODE_PUBLISHED)
	@cp $(NODE_DROPIN)/published/package.json $(NODE_DROPIN)/published/package-lock.json $(NODE_PUBLISHED)/
	@tools/step "installing the published Node package" npm ci --no-audit --no-fund --ignore-scripts --prefix $(NODE_PUBLISHED)
	@touch $@

dropin-node: build-node $(SANDBOX) $(NODE_PUBLISHED)/installed
	@tools/step "testing what compares the Node packages" node --test $(NODE_DROPIN)/compare.test.cjs
	@tools/step "comparing what is written of the published Node package" node tools/published_node.mjs \
		$(NODE_PUBLISHED) --check bindings-node/published
	@tools/step "running every probe on the published Node package" node $(NODE_DROPIN)/run.cjs \
		--package $(NODE_PUBLISHED) --sandbox $(SANDBOX) --write build/dropin/node-published.json
	@tools/step "running every probe on our Node package" node $(NODE_DROPIN)/run.cjs \
		--package build/node --sandbox $(SANDBOX) --write build/dropin/node-ours.json
	@tools/step "comparing the two Node packages" node $(NODE_DROPIN)/compare.cjs \
		build/dropin/node-published.json build/dropin/node-ours.json $(NODE_DROPIN)/differences.json
