# Side by side with the published Python client: the same probes on both, every difference listed.

DROPIN_PYTHON := tests/dropin/python
DROPIN_PYTHON_VERSIONS := 0.1.12 0.1.8
# Whose operations and models this project has; see tools/published_python.py.
DROPIN_PYTHON_SURFACE := bindings-python/python/openapi_generated/pinterest_client/surface
# What the sandbox knows of them; see tools/sandbox_facts.py.
DROPIN_PYTHON_FACTS := tests/sandbox/src/facts/published.txt
DROPIN_PYTHON_CLIENTS := $(DROPIN_PYTHON_VERSIONS:%=.tools/dropin/pinterest-generated-client-%)

.PHONY: dropin-python

$(DROPIN_PYTHON_CLIENTS:%=%/installed): .tools/dropin/pinterest-generated-client-%/installed: $(DROPIN_PYTHON)/published-%.txt
	@tools/step "installing the published Python client $*" sh -ec ' \
		python3 -m venv --clear $(@D); \
		$(@D)/bin/python -m pip install --quiet --disable-pip-version-check -r $<; \
		touch $@'

dropin-python: build-python $(SANDBOX) $(DROPIN_PYTHON_CLIENTS:%=%/installed)
	@tools/step "testing the comparison itself" python3 -B -m unittest discover -s $(DROPIN_PYTHON)
	@tools/step "comparing with the published Python client" python3 -B $(DROPIN_PYTHON)/compare.py \
		--sandbox $(SANDBOX) --ours build/python/venv/bin/python \
		--published $(foreach version,$(DROPIN_PYTHON_VERSIONS),$(version)=.tools/dropin/pinterest-generated-client-$(version)/bin/python)
	@tools/step "comparing every operation and model with the published Python client's" \
		$(firstword $(DROPIN_PYTHON_CLIENTS))/bin/python -B tools/published_python.py --check $(DROPIN_PYTHON_SURFACE)
	@tools/step "finding errors that were put there" \
		$(firstword $(DROPIN_PYTHON_CLIENTS))/bin/python -B $(DROPIN_PYTHON)/seeded_errors.py $(DROPIN_PYTHON_SURFACE)
	@tools/step "comparing what the sandbox holds requests against with the published Python client" \
		$(firstword $(DROPIN_PYTHON_CLIENTS))/bin/python -B tools/sandbox_facts.py --check $(DROPIN_PYTHON_FACTS)
	@tools/step "comparing them with those that this package makes" \
		build/python/venv/bin/python -B tools/published_python.py --check $(DROPIN_PYTHON_SURFACE)
	@tools/step "docs/switching.md says what the lists say" python3 -B tests/dropin/page.py --check
