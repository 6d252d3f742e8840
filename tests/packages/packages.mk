# What is packed is what is tested: the three crates, each built from its archive.

.PHONY: test-packages

test-packages:
	@tools/step "packing the crates and building them from their archives" python3 tests/packages/check.py
