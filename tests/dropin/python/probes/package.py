"""The package: its names, its modules, its namespace."""

from typing import Any

from openapi_generated.pinterest_client.api.oauth_api import OauthApi
from openapi_generated.pinterest_client.model.error import Error
from openapi_generated.pinterest_client.model.oauth_access_token_response_code import (
    OauthAccessTokenResponseCode,
)

from context import Context
from probes import probe

NAMES = """
    OauthAccessTokenRequestCode OauthAccessTokenRequestCodeAllOf OauthAccessTokenRequestRefresh
    OauthAccessTokenRequestRefreshAllOf OauthAccessTokenResponse OauthAccessTokenResponseCode
    OauthAccessTokenResponseCodeAllOf OauthAccessTokenResponseRefresh OauthAccessTokenResponseIntegrationRefresh Error
""".split()
NEWER_NAMES = """
    OauthAccessTokenRequestClientCredentials OauthAccessTokenRequestClientCredentialsAllOf
    OauthAccessTokenResponseClientCredentials OauthAccessTokenResponseEverlastingRefresh
    OauthAccessTokenResponseEverlastingRefreshAllOf OauthAccessTokenResponseRefreshAllOf
""".split()


@probe("apis: OauthApi can be imported from there")
def _(c: Context) -> Any:
    from openapi_generated.pinterest_client.apis import OauthApi as FromApis

    return FromApis is OauthApi


@probe("api: the module and its class")
def _(c: Context) -> Any:
    from openapi_generated.pinterest_client.api import oauth_api

    return [oauth_api.OauthApi is OauthApi, oauth_api.__name__]


@probe("names at the top")
def _(c: Context) -> Any:
    import openapi_generated.pinterest_client as package

    names = "ApiClient Configuration OpenApiException ApiAttributeError ApiTypeError ApiValueError ApiKeyError ApiException".split()
    return {name: getattr(package, name).__module__ for name in names}


@probe("__version__ is three numbers")
def _(c: Context) -> Any:
    import re

    import openapi_generated.pinterest_client as package

    return bool(re.fullmatch(r"\d+\.\d+\.\d+", package.__version__))


@probe("openapi_generated can be shared with other packages")
def _(c: Context) -> Any:
    import sys

    import openapi_generated

    other = c.folder() / "openapi_generated" / "other_client"
    other.mkdir(parents=True)
    (other / "__init__.py").write_text("NAME = 'other'")
    (other.parent / "__init__.py").write_text(
        '__path__ = __import__("pkgutil").extend_path(__path__, __name__)\n'
    )
    sys.path.append(str(c.folder()))
    try:
        openapi_generated.__path__ = __import__("pkgutil").extend_path(
            list(openapi_generated.__path__), "openapi_generated"
        )
        from openapi_generated.other_client import NAME

        return NAME
    finally:
        sys.path.remove(str(c.folder()))


@probe("models: the names of OAuth are there")
def _(c: Context) -> Any:
    from openapi_generated.pinterest_client import models

    return {name: getattr(models, name).__name__ if hasattr(models, name) else "missing" for name in NAMES}


@probe("models: the newer names of OAuth are there", since="0.1.12")
def _(c: Context) -> Any:
    from openapi_generated.pinterest_client import models

    return {
        name: getattr(models, name).__name__ if hasattr(models, name) else "missing" for name in NEWER_NAMES
    }


@probe("model: each class has a module of its own", since="0.1.12")
def _(c: Context) -> Any:
    import importlib
    import re

    def module(name: str) -> Any:
        file = re.sub(r"(?<!^)(?=[A-Z])", "_", name).lower()
        return getattr(
            importlib.import_module(f"openapi_generated.pinterest_client.model.{file}"), name
        ).__name__

    return {name: c.attempt(module, name) for name in NAMES + NEWER_NAMES}


@probe("models: a class is the same from both places")
def _(c: Context) -> Any:
    from openapi_generated.pinterest_client import models

    return [models.Error is Error, models.OauthAccessTokenResponseCode is OauthAccessTokenResponseCode]


@probe("models: import * does not shadow Exception")
def _(c: Context) -> Any:
    names: dict[str, Any] = {}
    exec("from openapi_generated.pinterest_client.models import *", names)
    return names.get("Exception", Exception) is Exception


@probe("model_utils: the base classes and their names")
def _(c: Context) -> Any:
    from openapi_generated.pinterest_client import model_utils

    names = "OpenApiModel ModelNormal ModelComposed ModelSimple none_type file_type date datetime model_to_dict validate_and_convert_types"
    return {name: hasattr(model_utils, name) for name in names.split()}


@probe("bases: which classes are composed, which plain", since="0.1.12")
def _(c: Context) -> Any:
    from openapi_generated.pinterest_client import models
    from openapi_generated.pinterest_client.model_utils import ModelComposed, ModelNormal

    def kind(cls: type) -> str:
        return (
            "composed"
            if issubclass(cls, ModelComposed)
            else "plain"
            if issubclass(cls, ModelNormal)
            else "other"
        )

    return {name: kind(getattr(models, name)) for name in NAMES + NEWER_NAMES}
