"""Prints one number. Runs in a process of its own, with either package installed.

Usage: measure.py HOST calls THREADS CALLS   calls per second, after a warm-up
       measure.py HOST cpu THREADS CALLS     microseconds of processor time for each of them
       measure.py HOST first                 milliseconds to the first answer, from before the import
       measure.py HOST import                milliseconds of the package's import with its OAuth calls
       measure.py HOST models                milliseconds of the models' import after that
       measure.py HOST boards                milliseconds of the package's import with one other API
       measure.py HOST everything            milliseconds until every API and every model is there
       measure.py HOST space                 mebibytes that the peak has grown by then
       measure.py HOST operation TIMES       processor time of a GET by its operation, over that of the same
                                             request by `call_api`
       measure.py HOST memory CALLS          mebibytes that the peak has grown by
       measure.py HOST token TIMES           nanoseconds that a valid token in memory takes: from a token
                                             manager or, without one, Authlib's check whether it is valid
"""

import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

HOST, WHAT = sys.argv[1:3]
NUMBERS = [int(argument) for argument in sys.argv[3:]]


def peak() -> int:
    """Give the peak memory of this process in KiB. `getrusage` would count the parent's."""
    with open("/proc/self/status", encoding="ascii") as status:
        return int(status.read().split("VmHWM:")[1].split()[0])


def connect():
    """Import the package and give an API object."""
    from os import environ

    from openapi_generated.pinterest_client import ApiClient, Configuration
    from openapi_generated.pinterest_client.api.oauth_api import OauthApi

    authority = environ["SSL_CERT_FILE"]
    configuration = Configuration(
        host=HOST,
        username="1234567",
        password="0123456789abcdef0123456789abcdef01234567",
        ssl_ca_cert=authority,
    )
    return OauthApi(ApiClient(configuration))


def first() -> float:
    """Measure the way to the first answer."""
    from time import perf_counter

    started = perf_counter()
    connect().oauth_token("client_credentials")
    return (perf_counter() - started) * 1000


def imported(*modules: str) -> float:
    """Measure imports."""
    from importlib import import_module
    from time import perf_counter

    started = perf_counter()
    for module in modules:
        import_module(f"openapi_generated.pinterest_client{module}")
    return (perf_counter() - started) * 1000


def package() -> float:
    """Measure the import of what every program needs."""
    return imported("", ".api.oauth_api")


def models() -> float:
    """Measure the import of all models by a program that has the rest."""
    package()
    return imported(".models")


def boards() -> float:
    """Measure the import of what a program with boards needs."""
    return imported("", ".api.boards_api")


def everything() -> float:
    """Measure the making of every API and every model; the published client's catalogs cannot be imported."""
    from importlib import import_module
    from time import perf_counter

    begin = perf_counter()
    models = import_module("openapi_generated.pinterest_client.models")
    for name in dir(models):
        getattr(models, name)
    api = import_module("openapi_generated.pinterest_client.api")
    for name in sorted({*dir(api), *api_files(api.__path__[0])} - {"catalogs_api"}):
        if name.endswith("_api"):
            import_module(f"{api.__name__}.{name}")
    return (perf_counter() - begin) * 1e3


def api_files(folder: str) -> list[str]:
    """Give the modules that are files."""
    from os import listdir

    return [name[:-3] for name in listdir(folder) if name.endswith(".py")]  # noqa: PTH208 - pathlib is slow.


def space() -> float:
    """Measure what every API and every model take."""
    before = peak()
    everything()
    return (peak() - before) / 1024


def operation(times: int) -> float:
    """Measure a GET by its operation beside the same by `call_api`."""
    from time import process_time

    from openapi_generated.pinterest_client.api.boards_api import BoardsApi

    client = connect().api_client
    client.configuration.access_token = "pina_1"
    boards = BoardsApi(client)

    def by_call_api() -> None:
        client.call_api(
            "/boards", "GET", {}, [("page_size", 5)], {"Accept": "application/json"}, response_type=(dict,),
            auth_settings=["pinterest_oauth2"], _return_http_data_only=True,
        )  # fmt: skip

    def seconds(call: "Callable[[], object]") -> float:
        call()
        begin = process_time()
        for _ in range(times):
            call()
        return process_time() - begin

    shares = [seconds(lambda: boards.boards_list(page_size=5)) / seconds(by_call_api) for _ in range(5)]
    return sorted(shares)[2]


def memory(calls: int) -> float:
    """Measure the growth of the peak."""
    bare = peak()
    api = connect()
    for _ in range(calls):
        api.oauth_token("client_credentials")
    return (peak() - bare) / 1024


def spent(clock: "Callable[[], float]", threads: int, calls: int) -> float:
    """Measure the seconds of a number of calls in each of so many threads."""
    from threading import Barrier, Thread

    api = connect()
    ready = Barrier(threads + 1)

    def work() -> None:
        for _ in range(20):
            api.oauth_token("client_credentials")
        ready.wait()
        for _ in range(calls):
            api.oauth_token("client_credentials")

    workers = [Thread(target=work) for _ in range(threads)]
    for worker in workers:
        worker.start()
    ready.wait()
    started = clock()
    for worker in workers:
        worker.join()
    return clock() - started


def calls_per_second(threads: int, calls: int) -> float:
    """Measure how many there are in a second."""
    from time import perf_counter

    return threads * calls / spent(perf_counter, threads, calls)


def processor_time(threads: int, calls: int) -> float:
    """Measure what each keeps a processor busy with, in all threads."""
    from time import process_time

    return spent(process_time, threads, calls) / (threads * calls) * 1_000_000


def token(times: int) -> float:
    """Measure how long it takes to have a valid token, of the best of five rounds."""
    from timeit import repeat

    try:
        from pinterest_sdk import ApiClient, Configuration, MemoryStore, TokenManager
    except ImportError:
        from time import time

        from authlib.integrations.requests_client import OAuth2Session

        session = OAuth2Session("1234567", "secret")
        session.token = {"access_token": "pina_1", "refresh_token": "r", "expires_at": time() + 2592000}
        check, kept = session.ensure_active_token, session.token

        def give() -> str:
            check(kept)
            return kept["access_token"]

    else:
        client = ApiClient(Configuration(host=HOST, username="1234567", password="secret"))
        tokens = TokenManager(client, MemoryStore(), "shop-1")
        tokens.adopt({"access_token": "pina_1", "refresh_token": "r", "expires_in": 2592000})
        give = tokens.access_token
    return min(repeat(give, number=times, repeat=5)) / times * 1e9


MEASURES = {
    "calls": calls_per_second,
    "cpu": processor_time,
    "first": first,
    "import": package,
    "models": models,
    "boards": boards,
    "everything": everything,
    "space": space,
    "operation": operation,
    "memory": memory,
    "token": token,
}
print(MEASURES[WHAT](*NUMBERS))
