"""`Configuration`: its arguments, attributes, properties and methods."""

import copy
import pickle
import sys
from typing import Any

from openapi_generated.pinterest_client import ApiClient, Configuration
from openapi_generated.pinterest_client.api.oauth_api import OauthApi

from context import Context
from observe import signature
from probes import probe

ATTRIBUTES = (
    "access_token username password api_key api_key_prefix refresh_api_key_hook temp_folder_path"
    " logger_stream_handler logger_file_handler verify_ssl ssl_ca_cert cert_file key_file assert_hostname"
    " proxy no_proxy proxy_headers safe_chars_for_path_param retries client_side_validation"
    " socket_options server_index server_operation_index server_variables server_operation_variables"
    " discard_unknown_keys disabled_client_side_validations host debug logger_file logger_format"
).split()


@probe("the constructor's signature")
def _(c: Context) -> Any:
    return signature(Configuration)


@probe("defaults of every attribute and property")
def _(c: Context) -> Any:
    configuration = Configuration()
    return {name: getattr(configuration, name, "missing") for name in ATTRIBUTES}


@probe("every constructor argument is found again")
def _(c: Context) -> Any:
    arguments = {
        "host": "https://other.example/v5",
        "api_key": {"key": "value"},
        "api_key_prefix": {"key": "Token"},
        "access_token": "pina_token",
        "username": "name",
        "password": "word",
        "discard_unknown_keys": True,
        "disabled_client_side_validations": "maximum,pattern",
        "server_index": 0,
        "server_variables": {"a": "b"},
        "server_operation_index": {"oauth_token": 0},
        "server_operation_variables": {"oauth_token": {"a": "b"}},
        "ssl_ca_cert": c.ca_file,
    }
    configuration = Configuration(**arguments)
    return [f"{name}: {getattr(configuration, name) == value}" for name, value in arguments.items()]


@probe("positional arguments keep their order")
def _(c: Context) -> Any:
    configuration = Configuration("https://a.example", {"k": "v"}, {"k": "p"}, "token", "name", "word", True)
    return [
        configuration.host,
        configuration.get_api_key_with_prefix("k"),
        configuration.access_token,
        configuration.username,
        configuration.password,
        configuration.discard_unknown_keys,
    ]


@probe("an unknown argument")
def _(c: Context) -> Any:
    return c.attempt(Configuration, hots="https://a.example")


@probe("a validation keyword that does not exist")
def _(c: Context) -> Any:
    return c.attempt(Configuration, disabled_client_side_validations="maximum,colour")


@probe("a validation keyword that does not exist, set later")
def _(c: Context) -> Any:
    configuration = Configuration()
    return c.attempt(setattr, configuration, "disabled_client_side_validations", "colour")


@probe("every validation keyword can be disabled")
def _(c: Context) -> Any:
    words = "multipleOf,maximum,exclusiveMaximum,minimum,exclusiveMinimum,maxLength,minLength,pattern,maxItems,minItems"
    return Configuration(disabled_client_side_validations=words).disabled_client_side_validations


@probe("an attribute of the program's own can be set and is copied")
def _(c: Context) -> Any:
    configuration = Configuration()
    configuration.tenant = {"id": 7}
    copied = copy.deepcopy(configuration)
    return [configuration.tenant, copied.tenant, copied.tenant is configuration.tenant]


@probe("an attribute that is not there")
def _(c: Context) -> Any:
    return c.attempt(lambda: Configuration().colour)


@probe("host: default, given, set")
def _(c: Context) -> Any:
    default, given = Configuration(), Configuration(host="https://given.example/v5")
    seen = [default.host, default.server_index, given.host, given.server_index]
    default.host = "https://set.example"
    return [*seen, default.host, default.server_index]


@probe("host given together with server_index: the index wins")
def _(c: Context) -> Any:
    configuration = Configuration(host="https://given.example/v5", server_index=0)
    return [configuration.host, configuration.server_index]


@probe("server_index out of range, host read")
def _(c: Context) -> Any:
    return c.attempt(lambda: Configuration(server_index=3).host)


@probe("server_index out of range, call made")
def _(c: Context) -> Any:
    return OauthApi(c.client(server_index=3)).oauth_token("authorization_code")


@probe("server_index set to None goes back to the host that was given")
def _(c: Context) -> Any:
    configuration = Configuration(host="https://given.example/v5", server_index=0)
    configuration.server_index = None
    return configuration.host


@probe("get_host_settings")
def _(c: Context) -> Any:
    return Configuration().get_host_settings()


@probe("get_host_from_settings: index None, 0, 1, -1")
def _(c: Context) -> Any:
    configuration = Configuration(host="https://given.example")
    return [c.attempt(configuration.get_host_from_settings, index) for index in (None, 0, 1, -1)]


@probe("get_host_from_settings: servers with variables")
def _(c: Context) -> Any:
    servers = [
        {
            "url": "https://{tier}.example/{version}",
            "description": "two variables",
            "variables": {
                "tier": {"default_value": "api", "enum_values": ["api", "api-sandbox"]},
                "version": {"default_value": "v5"},
            },
        }
    ]
    get = Configuration().get_host_from_settings
    return [
        c.attempt(get, 0, servers=servers),
        c.attempt(get, 0, variables={"tier": "api-sandbox", "version": "v6"}, servers=servers),
        c.attempt(get, 0, variables={"tier": "moon"}, servers=servers),
        c.attempt(get, 1, servers=servers),
    ]


@probe("server_operation_index chooses for one operation")
def _(c: Context) -> Any:
    c.answers_token()
    api = c.api(server_operation_index={"oauth_token": None})
    return api.oauth_token("authorization_code")


@probe("server_operation_index out of range")
def _(c: Context) -> Any:
    return c.api(server_operation_index={"oauth_token": 5}).oauth_token("authorization_code")


@probe("get_basic_auth_token: both, one, none, empty")
def _(c: Context) -> Any:
    pairs = [("1234567", "0123456789abcdef0123456789abcdef01234567"), ("1234567", None), (None, "0123456789abcdef0123456789abcdef01234567"), (None, None), ("", "")]
    return [Configuration(username=name, password=word).get_basic_auth_token() for name, word in pairs]


@probe("get_basic_auth_token: letters outside ASCII")
def _(c: Context) -> Any:
    return [
        c.attempt(Configuration(username="ü", password="é").get_basic_auth_token),
        c.attempt(Configuration(username="ключ", password="🔑").get_basic_auth_token),
    ]


@probe("get_api_key_with_prefix")
def _(c: Context) -> Any:
    configuration = Configuration(api_key={"a": "1", "b": "2"}, api_key_prefix={"a": "Token"})
    get = configuration.get_api_key_with_prefix
    return [get("a"), get("b"), get("c"), get("c", alias="b"), get("c", "a")]


@probe("refresh_api_key_hook is called first")
def _(c: Context) -> Any:
    def renew(configuration: Configuration) -> None:
        configuration.api_key["a"] = "renewed"

    configuration = Configuration(api_key={"a": "old"})
    configuration.refresh_api_key_hook = renew
    return configuration.get_api_key_with_prefix("a")


@probe("auth_settings: nothing, credentials, a token", since="0.1.12")
def _(c: Context) -> Any:
    return [
        Configuration().auth_settings(),
        Configuration(username="1234567", password="0123456789abcdef0123456789abcdef01234567").auth_settings(),
        Configuration(access_token="pina_token").auth_settings(),
    ]


@probe("auth_settings: the entries that 0.1.8 has")
def _(c: Context) -> Any:
    settings = Configuration(access_token="pina_token", username="a", password="b").auth_settings()
    return {name: settings.get(name) for name in ("basic", "pinterest_oauth2")}


@probe("auth_settings: a user name without a password")
def _(c: Context) -> Any:
    return sorted(Configuration(username="1234567").auth_settings())


@probe("to_debug_report: its lines' names")
def _(c: Context) -> Any:
    return [line.partition(":")[0] for line in Configuration().to_debug_report().split("\n") if ":" in line]


@probe("to_debug_report names the system and Python")
def _(c: Context) -> Any:
    report = Configuration().to_debug_report()
    return [f"OS: {sys.platform}" in report, f"Python Version: {sys.version}" in report]


@probe("to_debug_report shows no credential")
def _(c: Context) -> Any:
    report = Configuration(
        username="1234567", password="0123456789abcdef0123456789abcdef01234567", access_token="pina_token"
    ).to_debug_report()
    return [word in report for word in ("1234567", "0123456789abcdef0123456789abcdef01234567", "pina_token")]


@probe("set_default: later clients use it")
def _(c: Context) -> Any:
    c.answers_token()
    Configuration.set_default(c.configuration())
    return OauthApi().oauth_token("authorization_code")


@probe("set_default keeps a copy: later changes do not reach it")
def _(c: Context) -> Any:
    configuration = Configuration(username="first", api_key={"a": "1"})
    Configuration.set_default(configuration)
    configuration.username = "second"
    configuration.api_key["a"] = "2"
    default = Configuration.get_default_copy()
    return [default.username, default.api_key]


@probe("get_default_copy gives a new one each time")
def _(c: Context) -> Any:
    Configuration.set_default(Configuration(username="first"))
    one, two = Configuration.get_default_copy(), Configuration.get_default_copy()
    one.username = "changed"
    return [one is two, two.username, type(two).__name__]


@probe("get_default_copy without a default")
def _(c: Context) -> Any:
    configuration = Configuration.get_default_copy()
    return [configuration.host, configuration.username]


@probe("Configuration() does not look at the default")
def _(c: Context) -> Any:
    Configuration.set_default(Configuration(username="first"))
    return Configuration().username


@probe("set_default(None) takes the default back")
def _(c: Context) -> Any:
    Configuration.set_default(Configuration(username="first"))
    Configuration.set_default(None)
    return Configuration.get_default_copy().username


@probe("a subclass can be the default and stays one")
def _(c: Context) -> Any:
    class Ours(Configuration):
        def get_host_settings(self) -> Any:
            return [{"url": "https://sub.example", "description": "ours"}]

    Configuration.set_default(Ours())
    default = Configuration.get_default_copy()
    return [type(default).__name__, default.host]


@probe("a subclass with auth_settings of its own")
def _(c: Context) -> Any:
    class Ours(Configuration):
        def auth_settings(self) -> Any:
            return {
                "basic": {
                    "type": "basic",
                    "in": "header",
                    "key": "Authorization",
                    "value": "Basic b3VyczpvdXJz",
                }
            }

    c.answers_token()
    return OauthApi(ApiClient(Ours(host=c.host))).oauth_token("authorization_code")


@probe("copy.copy shares what is inside, copy.deepcopy does not")
def _(c: Context) -> Any:
    configuration = Configuration(host="https://a.example", username="name", api_key={"a": "1"})
    shallow, deep = copy.copy(configuration), copy.deepcopy(configuration)
    configuration.api_key["a"] = "2"
    return [shallow.api_key, deep.api_key, shallow.host, deep.host, deep.username]


@probe("deepcopy keeps the settings of a connection")
def _(c: Context) -> Any:
    configuration = Configuration(ssl_ca_cert=c.ca_file)
    configuration.cert_file = "client.pem"
    configuration.proxy = "http://proxy.example:3128"
    configuration.proxy_headers = {"a": "b"}
    configuration.retries = 5
    deep = copy.deepcopy(configuration)
    return [deep.ssl_ca_cert == c.ca_file, deep.cert_file, deep.proxy, deep.proxy_headers, deep.retries]


@probe("deepcopy keeps the loggers")
def _(c: Context) -> Any:
    configuration = Configuration()
    deep = copy.deepcopy(configuration)
    return [deep.logger is configuration.logger, deep.logger == configuration.logger, sorted(deep.logger)]


@probe("two configurations with the same settings are not equal")
def _(c: Context) -> Any:
    return [Configuration() == Configuration(), len({Configuration(), Configuration()})]


@probe("a pickle carries no secret")
def _(c: Context) -> Any:
    configuration = Configuration(username="1234567", password="0123456789abcdef0123456789abcdef01234567", access_token="pina_token")
    configuration.api_key["a"] = "key-secret"
    try:
        pickled = pickle.dumps(configuration)
    except Exception as error:
        return error
    return {word: word.encode() in pickled for word in ("0123456789abcdef0123456789abcdef01234567", "pina_token", "key-secret")}


@probe("a pickle comes back")
def _(c: Context) -> Any:
    configuration = pickle.loads(pickle.dumps(Configuration(host="https://a.example", username="1234567")))
    return [configuration.host, configuration.username]


@probe("repr and str show no secret")
def _(c: Context) -> Any:
    configuration = Configuration(username="1234567", password="0123456789abcdef0123456789abcdef01234567", access_token="pina_token")
    text = repr(configuration) + str(configuration)
    return ["0123456789abcdef0123456789abcdef01234567" in text, "pina_token" in text]


@probe("discard_unknown_keys: fields that are not declared", since="0.1.12")
def _(c: Context) -> Any:
    c.answers_token(new_field="x")
    return c.api(discard_unknown_keys=True).oauth_token("authorization_code")


@probe("client_side_validation = False: a grant of another name", since="0.1.12")
def _(c: Context) -> Any:
    configuration = c.configuration()
    configuration.client_side_validation = False
    return c.attempt(OauthApi(ApiClient(configuration)).oauth_token, "other_grant")


@probe("safe_chars_for_path_param")
def _(c: Context) -> Any:
    c.answers({"status": 200, "json": {}}, {"status": 200, "json": {}})
    configuration = c.configuration()
    ApiClient(configuration).call_api("/boards/{id}", "GET", path_params={"id": "a/b c"})
    configuration.safe_chars_for_path_param = "/"
    ApiClient(configuration).call_api("/boards/{id}", "GET", path_params={"id": "a/b c"})
