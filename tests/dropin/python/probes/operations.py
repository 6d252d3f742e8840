"""Every operation of every API, with what must be given and with all that may be: what is sent.

What comes back is looked at elsewhere: here every answer is an empty object.
"""

import sys
import types
from collections.abc import Callable
from importlib import import_module
from typing import Any

from context import Context
from probes import probe
from samples import arguments

PACKAGE = "openapi_generated.pinterest_client.api"
APIS = """AdAccounts AdGroups Ads AdvancedAuction AudienceInsights AudienceSharing Audiences Billing Boards Bulk
    BusinessAccessAssets BusinessAccessInvite BusinessAccessRelationships Campaigns Catalogs ConversionEvents
    ConversionTags CustomerLists Integrations Interests Keywords LeadAds LeadForms LeadsExport Media OrderLines
    Pins ProductGroupPromotions ProductGroups Resources Search TargetingTemplate Terms TermsOfService
    UserAccount""".split()


@probe("CatalogsApi can be imported", since="0.1.12")
def _(_: Context) -> Any:
    return import_module(f"{PACKAGE}.catalogs_api").CatalogsApi.__name__


def _supply_what_is_missing() -> None:
    """Gives the published catalogs_api the class that it names and no module of it has."""
    missing = types.ModuleType("openapi_generated.pinterest_client.model.unknownbasetype")
    missing.UNKNOWNBASETYPE = dict  # type: ignore[attr-defined]
    sys.modules.setdefault(missing.__name__, missing)
    vars(import_module(f"{PACKAGE}.catalogs_api"))["UNKNOWN_BASE_TYPE"] = dict


def _module(api: str) -> str:
    return "".join(f"_{letter.lower()}" if letter.isupper() else letter for letter in api)[1:] + "_api"


def _call_all(api: str, *, everything: bool) -> Callable[[Context], Any]:
    def look(c: Context) -> Any:
        if api == "Catalogs":
            _supply_what_is_missing()
        cls = getattr(import_module(f"{PACKAGE}.{_module(api)}"), f"{api}Api")
        instance = cls(c.client(access_token="pina_token"))
        c.answers_always({"status": 200, "json": {}})
        refused = {}
        for name in sorted(name for name in dir(cls) if not name.startswith("_")):
            given = c.attempt(arguments, getattr(instance, f"{name}_endpoint"), everything=everything)
            if isinstance(given, str):
                refused[name] = f"the arguments: {given}"
                continue
            before = len(c.requests())
            found = c.attempt(getattr(instance, name), **given)
            if len(c.requests()) == before:
                refused[name] = found
        return refused

    look.__module__ = __name__
    return look


for _api in APIS:
    for _how in ("required", "all"):
        probe(f"{_api}Api: every operation, {_how} arguments", since="0.1.12")(
            _call_all(_api, everything=_how == "all")
        )
