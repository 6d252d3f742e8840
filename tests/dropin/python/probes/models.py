"""The OAuth models: items, attributes, texts, equality, copies, pickles, checks, composed and plain."""

from typing import Any

from openapi_generated.pinterest_client.model.error import Error
from openapi_generated.pinterest_client.model.oauth_access_token_response import OauthAccessTokenResponse
from openapi_generated.pinterest_client.model.oauth_access_token_response_code import (
    OauthAccessTokenResponseCode,
)

from context import Context
from probes import probe


@probe("class attributes: attribute_map, openapi_types, allowed_values", since="0.1.12")
def _(c: Context) -> Any:
    cls = OauthAccessTokenResponseCode
    return {
        "attribute_map": cls.attribute_map,
        "openapi_types": {
            name: [kind.__name__ for kind in kinds] for name, kinds in cls.openapi_types.items()
        },
        "allowed_values": cls.allowed_values,
        "validations": cls.validations,
        "read_only_vars": cls.read_only_vars,
        "discriminator": cls.discriminator,
        "additional_properties_type": [kind.__name__ for kind in cls.additional_properties_type],
    }


@probe("discriminator of OauthAccessTokenResponse", since="0.1.12")
def _(c: Context) -> Any:
    return {
        value: cls.__name__ for value, cls in OauthAccessTokenResponse.discriminator["response_type"].items()
    }


@probe("made: attributes and items")
def _(c: Context) -> Any:
    token = c.made_token()
    return [token.access_token, token["access_token"], token.expires_in, token["scope"]]


@probe("made: nothing is required of a composed class", since="0.1.12")
def _(c: Context) -> Any:
    return [OauthAccessTokenResponseCode(), OauthAccessTokenResponseCode(access_token="a")]


@probe("made: a plain class requires its fields")
def _(c: Context) -> Any:
    return [
        c.attempt(Error),
        c.attempt(Error, code=1),
        c.attempt(Error, 1, "m"),
        c.attempt(Error, message="m", code=1),
    ]


@probe("made: positional arguments", since="0.1.12")
def _(c: Context) -> Any:
    return [c.attempt(OauthAccessTokenResponseCode, "a"), c.attempt(Error, 1, "m", "more")]


@probe("made: a wrong type")
def _(c: Context) -> Any:
    return [
        c.attempt(c.made_token, expires_in="5"),
        c.attempt(c.made_token, access_token=7),
        c.attempt(c.made_token, access_token=None),
        c.attempt(c.made_token, expires_in=True),
        c.attempt(c.made_token, expires_in=1.5),
        c.attempt(c.made_token, scope=b"bytes"),
        c.attempt(Error, code="1", message="m"),
    ]


@probe("made: an enum value that is not allowed", since="0.1.12")
def _(c: Context) -> Any:
    return c.attempt(c.made_token, response_type="other")


@probe("made: _check_type False takes any type", since="0.1.12")
def _(c: Context) -> Any:
    return OauthAccessTokenResponseCode(access_token=7, expires_in="5", _check_type=False)


@probe("made: fields that are not declared")
def _(c: Context) -> Any:
    token = c.made_token(other=1, more={"a": [1.5]})
    return [token, token.other, token["more"]]


@probe("made: a field that is not declared, of a type nobody can send")
def _(c: Context) -> Any:
    return [c.attempt(c.made_token, other=value) for value in (object(), b"bytes", {1, 2}, (1, 2))]


@probe("made: _spec_property_naming and _from_openapi_data", since="0.1.12")
def _(c: Context) -> Any:
    return [
        OauthAccessTokenResponseCode(access_token="a", _spec_property_naming=True),
        OauthAccessTokenResponseCode._from_openapi_data(access_token="a", _spec_property_naming=True),
        Error._from_openapi_data(code=1, message="m"),
    ]


@probe("the response class chooses by response_type", since="0.1.12")
def _(c: Context) -> Any:
    kinds = ("authorization_code", "refresh_token", "client_credentials")
    return [
        OauthAccessTokenResponse(response_type=kind, access_token="a", expires_in=1, scope="s")
        for kind in kinds
    ]


@probe("the response class without response_type, with another one", since="0.1.12")
def _(c: Context) -> Any:
    return [
        c.attempt(OauthAccessTokenResponse, access_token="a", expires_in=1, scope="s"),
        c.attempt(
            OauthAccessTokenResponse, response_type="device_code", access_token="a", expires_in=1, scope="s"
        ),
    ]


@probe("the request classes", since="0.1.12")
def _(c: Context) -> Any:
    from openapi_generated.pinterest_client import models

    return [
        c.attempt(
            models.OauthAccessTokenRequestCode, grant_type="authorization_code", code="c", redirect_uri="r"
        ),
        c.attempt(
            models.OauthAccessTokenRequestRefresh, grant_type="refresh_token", refresh_token="r", scope="s"
        ),
        c.attempt(
            models.OauthAccessTokenRequestRefresh,
            grant_type="refresh_token",
            refresh_token="r",
            refresh_on=True,
        ),
        c.attempt(
            models.OauthAccessTokenRequestClientCredentials, grant_type="client_credentials", scope="s"
        ),
        c.attempt(models.OauthAccessTokenRequestCode, grant_type="other"),
        c.attempt(models.OauthAccessTokenRequestRefresh, refresh_on="yes"),
    ]


@probe("attributes: set, read, in every way")
def _(c: Context) -> Any:
    token = c.made_token()
    token.scope = "new"
    token["expires_in"] = 5
    token.added = [1]
    return [token.scope, token["scope"], token.expires_in, token.added, token["added"]]


@probe("attributes: a wrong type, an enum value that is not allowed", since="0.1.12")
def _(c: Context) -> Any:
    token = c.made_token()
    seen = [
        c.attempt(setattr, token, "expires_in", "5"),
        c.attempt(token.__setitem__, "access_token", 7),
        c.attempt(setattr, token, "response_type", "other"),
        c.attempt(setattr, token, "expires_in", None),
    ]
    return [*seen, token.expires_in, token.response_type]


@probe("attributes: what the exception of a wrong type carries")
def _(c: Context) -> Any:
    from openapi_generated.pinterest_client import ApiTypeError

    try:
        c.made_token(expires_in="5")
    except ApiTypeError as error:
        return [error.path_to_item, error.valid_classes, error.key_type]


@probe("attributes: missing ones")
def _(c: Context) -> Any:
    token = c.made_token()
    return [
        c.attempt(lambda: token.colour),
        c.attempt(lambda: token["colour"]),
        hasattr(token, "colour"),
        getattr(token, "colour", "default"),
        c.attempt(lambda: Error(code=1, message="m").colour),
    ]


@probe("attributes: a name that is no text")
def _(c: Context) -> Any:
    return [
        c.attempt(c.made_token().__setitem__, 7, "x"),
        c.attempt(c.made_token().__getitem__, 7),
        c.attempt(Error(code=1, message="m").__setitem__, 7, "x"),
    ]


@probe("attributes: del")
def _(c: Context) -> Any:
    token = c.made_token()
    return [
        c.attempt(lambda: delattr(token, "scope")),
        c.attempt(lambda: token.__delitem__("scope")),
        token.get("scope"),
    ]


@probe("get: present, missing, with a default")
def _(c: Context) -> Any:
    token = c.made_token()
    return [token.get("scope"), token.get("colour"), token.get("colour", 1), token.get("scope", 1)]


@probe("in: present, missing, after setting")
def _(c: Context) -> Any:
    token = OauthAccessTokenResponseCode(response_type="authorization_code", access_token="a")
    seen = ["access_token" in token, "scope" in token, "colour" in token]
    token.scope = "s"
    token.colour = "blue"
    return [*seen, "scope" in token, "colour" in token, "code" in Error(code=1, message="m")]


@probe("isinstance: answers and base classes")
def _(c: Context) -> Any:
    from openapi_generated.pinterest_client.model_utils import ModelComposed, ModelNormal, OpenApiModel

    token = c.received_token()
    return [
        isinstance(token, cls)
        for cls in (OauthAccessTokenResponseCode, ModelComposed, ModelNormal, OpenApiModel)
    ]


@probe("a received answer checks types when it is changed", since="0.1.12")
def _(c: Context) -> Any:
    token = c.received_token()
    return [
        c.attempt(setattr, token, "expires_in", "5"),
        c.attempt(setattr, token, "response_type", "other"),
        token.expires_in,
    ]


@probe("a received answer and one that was made are equal")
def _(c: Context) -> Any:
    return c.received_token() == c.made_token()


@probe("a subclass of a model")
def _(c: Context) -> Any:
    class Ours(Error):
        @property
        def text(self) -> str:
            return f"{self.code} {self.message}"

    ours = Ours(code=1, message="m")
    return [
        ours.text,
        ours,
        ours == Error(code=1, message="m"),
        Error(code=1, message="m") == ours,
        isinstance(ours, Error),
    ]


@probe("names that clash with methods")
def _(c: Context) -> Any:
    token = OauthAccessTokenResponseCode(response_type="authorization_code", access_token="a")
    token["get"] = "x"
    token["to_dict"] = "y"
    return [token["get"], callable(token.get), sorted(token.to_dict())]


@probe("dates as additional fields")
def _(c: Context) -> Any:
    import datetime

    token = c.made_token(day=datetime.date(2026, 1, 2))
    return [token.day, token.to_dict()["day"]]


@probe("sanitize_for_serialization of a token")
def _(c: Context) -> Any:
    return c.client().sanitize_for_serialization(c.made_token())
