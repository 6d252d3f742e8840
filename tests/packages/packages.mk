# What is packed is what is tested: the three crates, each built from its archive, and the packages for
# Node, installed into an empty folder.

test-packages: check-crates
check-crates: $(SANDBOX)
	@tools/step "packing the crates and building them from their archives" python3 tests/packages/check.py

suite-packages: build-node $(SANDBOX)
	@tools/step "using the packages for Node as they were packed" node --test bindings-node/tests/packages.test.mjs
