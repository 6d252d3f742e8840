# Side by side with the published Python client: the same probes on both, every difference listed.

DROPIN_PYTHON := tests/dropin/python
DROPIN_PYTHON_VERSIONS := 0.1.12 0.1.8
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
	@tools/step "docs/switching.md says what the lists say" python3 -B tests/dropin/page.py --check
