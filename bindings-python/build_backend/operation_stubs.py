"""Type stubs of `pinterest_sdk.api`, of the same for asyncio, and of what goes in and comes out."""

from __future__ import annotations

import json
import keyword
import re

import operation_table as table

PACKAGE = "pinterest_sdk"
WORDS = {
    "string": "str",
    "password": "str",
    "date": "str",
    "date-time": "str",
    "integer": "int",
    "int32": "int",
    "int64": "int",
    "number": "float",
    "float": "float",
    "double": "float",
    "boolean": "bool",
    "object": "dict[str, _Any]",
    "any": "_Any",
}
SCHEMAS_HEAD = """\
from typing import Any as _Any
from typing import Literal as _Literal

from typing_extensions import NotRequired as _NotRequired
from typing_extensions import TypeAlias as _TypeAlias
from typing_extensions import TypedDict as _TypedDict

"""
API_HEAD = """\
from datetime import date as _date
from typing import Any as _Any

from pinterest_sdk import schemas as _s
from pinterest_sdk._bearer import Tokens as _Tokens
from pinterest_sdk._made_api import Api as Api
from pinterest_sdk.types import Checks as _Checks
from pinterest_sdk.types import Headers as _Headers
from pinterest_sdk.types import Timeout as _Timeout
"""
NOW_HEAD = """\
from pinterest_sdk._oauth_api import OauthApi as OauthApi
from pinterest_sdk.failures import failures_in as failures_in
from pinterest_sdk.pages import Page as _Page
from pinterest_sdk.pages import paginate as paginate
"""
LATER_HEAD = """\
from pinterest_sdk.pages import Page as _Page
"""
OPTIONS = (
    "timeout: _Timeout = ..., headers: _Headers = ..., tokens: _Tokens | None = ..., "
    "checks: _Checks | None = ..."
)
# Its calls are written by hand.
BY_HAND = "oauth"
_DATES = ("date", "date-time")


class OperationStubs:
    """The text of each stub, by its path in the wheel."""

    def __init__(self) -> None:
        self.operations = table.operations()
        self.types = table.definitions()
        self.enumerations = table.enumerations()

    def files(self) -> dict[str, str]:
        """Give all of them."""
        return {
            f"{PACKAGE}/schemas.pyi": self.schemas(),
            f"{PACKAGE}/api.pyi": API_HEAD + NOW_HEAD + self.classes("def"),
            f"{PACKAGE}/_later_api.pyi": API_HEAD + LATER_HEAD + self._names() + self.classes("async def"),
        }

    def kind(self, said: str, prefix: str = "", *, given: bool = False) -> str:
        """Spell a type; one that is given may be a date where its text is meant."""
        text, nullable = bare(said)
        spelled = self._plain(text, prefix)
        if given and text in _DATES:
            spelled += " | _date"
        return spelled + " | None" * nullable

    def _plain(self, text: str, prefix: str) -> str:
        if text[0] == "[":
            return f"list[{self.kind(text[1:-1], prefix)}]"
        if text[0] == "{":
            return f"dict[str, {self.kind(text[1:-1], prefix)}]"
        if text in WORDS:
            return WORDS[text]
        if text not in self.types and text not in self.enumerations:
            raise ValueError(f"there is no type {text}")
        return prefix + type_name(text)

    def schemas(self) -> str:
        """Give every type that has a name."""
        lines = [SCHEMAS_HEAD]
        for name in sorted({*self.types, *self.enumerations}, key=type_name):
            if name in self.enumerations:
                lines.append(f"{type_name(name)}: _TypeAlias = {words(self.enumerations[name])}\n")
            else:
                lines.append(self._declared(name))
        return "".join(lines)

    def _declared(self, name: str) -> str:
        said, spelled = self.types[name], type_name(name)
        if said.alias is not None:
            return f"{spelled}: _TypeAlias = {self.kind(said.alias)}\n"
        if said.bases and said.bases[0] in self.enumerations:
            return f"{spelled}: _TypeAlias = {self.kind(said.bases[0])}\n"
        if said.choices:
            kinds = dict.fromkeys(map(self.kind, said.choices))
            # What holds more than one choice at once is none of them to a type checker.
            if said.is_mixed or said.properties or said.bases:
                kinds["dict[str, _Any]"] = None
            return f"{spelled}: _TypeAlias = {' | '.join(kinds)}\n"
        properties = self.properties(name)
        if said.takes_more or not properties:
            return f"{spelled}: _TypeAlias = dict[str, _Any]\n"
        fields = {
            field: self.kind(kind) if needed else f"_NotRequired[{self.kind(kind)}]"
            for field, (kind, needed) in properties.items()
        }
        if all(field.isidentifier() and not keyword.iskeyword(field) for field in fields):
            body = "".join(f"    {field}: {kind}\n" for field, kind in fields.items())
            return f"class {spelled}(_TypedDict):\n{body}"
        body = ", ".join(f"{json.dumps(field)}: {json.dumps(kind)}" for field, kind in fields.items())
        return f"{spelled} = _TypedDict({json.dumps(spelled)}, {{{body}}})\n"

    def properties(self, name: str) -> dict[str, tuple[str, bool]]:
        """Give an object's properties with those of its bases; a list of words has none."""
        said = self.types.get(name, table.Definition())
        if said.alias is not None:
            return self.properties(said.alias)
        found: dict[str, tuple[str, bool]] = {}
        for base in said.bases:
            found |= self.properties(base)
        found |= said.properties
        for demanded in said.demands:
            if demanded in found:
                found[demanded] = found[demanded][0], True
        return found

    def _names(self) -> str:
        tags = {operation.tag for operation in self.operations.values()} - {BY_HAND}
        return f"\n__all__ = {json.dumps(sorted(map(class_name, tags)))}\n"

    def classes(self, how: str) -> str:
        """Give every group's class, with methods that are called or awaited."""
        groups: dict[str, list[str]] = {}
        for name, operation in self.operations.items():
            if operation.tag != BY_HAND:
                groups.setdefault(operation.tag, []).append(self._method(how, name, operation))
        return "".join(f"\nclass {class_name(tag)}(Api):\n{''.join(made)}" for tag, made in groups.items())

    def _method(self, how: str, name: str, said: table.Operation) -> str:
        given = [(one, self.kind(kind, "_s.", given=True), needed) for one, kind, needed in said.parameters]
        if said.body is not None:
            given.insert(
                sum(needed for *_, needed in given), ("body", self.kind(said.body[0], "_s."), said.body[1])
            )
        first = [f"{one}: {kind}" for one, kind, needed in given if needed]
        others = [
            f"{one}: {kind.removesuffix(' | None')} | None = ..." for one, kind, needed in given if not needed
        ]
        taken = ", ".join(["self", *first, "*", *others, OPTIONS])
        method = name.replace("/", "_")
        return f'    {how} {method}({taken}) -> {self._answer(said)}:\n        """``{said.what}``"""\n'

    def _answer(self, said: table.Operation) -> str:
        if said.answer is None:
            return "None"
        items = self.properties(said.answer).get("items")
        if items is not None and any(one == "bookmark" for one, *_ in said.parameters):
            text, _ = bare(items[0])
            return f"_Page[{self.kind(text[1:-1], '_s.')}]" if text[0] == "[" else "_Page[_Any]"
        return self.kind(said.answer, "_s.")


def bare(said: str) -> tuple[str, bool]:
    """Give a type without its limits, and whether it may be null."""
    nullable = said.endswith("?")
    text = said[:-1] if nullable else said
    if text[0] not in "[{":
        text = text.partition("~")[0]
    return re.sub(r"\([^()]*\)$", "", text), nullable


def words(values: list[str]) -> str:
    """Spell a list of known values."""
    others = [value for value in values if value != "null"]
    if not others:
        return "None"
    none = " | None" * (len(others) < len(values))
    if all(re.fullmatch(r"-?\d+|true|false", value) for value in others):
        shown = [value.capitalize() for value in others]
    elif all(re.fullmatch(r"-?\d+(\.\d+)?", value) for value in others):
        return "float" + none
    else:
        shown = [json.dumps(value) for value in others]
    return f"_Literal[{', '.join(shown)}]{none}"


def class_name(tag: str) -> str:
    """Give a group's class: ``ad_accounts`` is ``AdAccountsApi``."""
    return "".join(word.capitalize() for word in tag.split("_")) + "Api"


def type_name(name: str) -> str:
    """Give a type's name as Python allows it: ``boards/list:privacy`` is ``BoardsList_Privacy``."""
    pascal = (re.sub(r"(?:^|[/_.])(\w)", lambda found: found[1].upper(), part) for part in name.split(":"))
    return "_".join(pascal)
