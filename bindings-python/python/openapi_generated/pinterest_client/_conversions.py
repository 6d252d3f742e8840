"""What `ApiClient` makes of values before they are sent, and of answers."""

from __future__ import annotations

import io
import os

from pinterest_sdk._model import OpenApiModel
from pinterest_sdk.errors import InvalidInputException

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from typing import Any

    from openapi_generated.pinterest_client.configuration import Configuration
else:  # For `typing.get_type_hints`.
    from _collections_abc import Iterable, Mapping  # noqa: TC003

    from pinterest_sdk._hints import Any  # noqa: TC001

    Configuration = object

_DELIMITERS = {"ssv": " ", "tsv": "\t", "pipes": "|"}


class Conversions:
    """The generated client's helpers, which programs call and override."""

    configuration: Configuration

    @classmethod
    def sanitize_for_serialization(cls, obj: Any) -> Any:
        """Turn models, dates and files into what JSON and forms can hold.

        Raises:
            InvalidInputException: for what they cannot hold.

        """
        try:
            return cls._sanitized(obj)
        except RecursionError:
            raise InvalidInputException("the value is nested too deeply, or holds itself") from None

    @classmethod
    def _sanitized(cls, obj: Any) -> Any:
        if isinstance(obj, (str, int, float, type(None))):
            # A member of an enumeration is its value; `str` would make its name of it.
            return getattr(obj, "value", obj) if hasattr(type(obj), "__members__") else obj
        if isinstance(obj, OpenApiModel):
            return cls._sanitized(obj._in_json())
        if isinstance(obj, (list, tuple)):
            return [cls._sanitized(item) for item in obj]
        if isinstance(obj, dict):
            return {key: cls._sanitized(value) for key, value in obj.items()}
        if isinstance(obj, io.IOBase):
            return cls.get_file_data_and_close_file(obj)
        from datetime import date

        if isinstance(obj, date):
            return obj.isoformat()
        raise InvalidInputException(f"Unable to prepare type {type(obj).__name__} for serialization")

    def deserialize(self, response: Any, response_type: Any, _check_type: bool | None) -> Any:
        """Make what ``response_type`` names of an answer's text.

        Args:
            response: has the text, or a file's bytes, as ``data``.
            response_type: a tuple of classes, or of lists and dicts of them: ``([int],)``.
            _check_type: False keeps models' fields as they were received.

        Raises:
            ApiTypeError: the answer is something else; its ``path_to_item`` says where.
            ApiValueError: a text in it should be a date, and is none.

        """
        from json import loads

        from openapi_generated.pinterest_client._from_json import converted, saved

        if response_type == (io.IOBase,):
            name = response.urllib3_response.headers.get("Content-Disposition")
            return saved(response.data, name, self.configuration.temp_folder_path)
        try:
            received = loads(response.data)
        except ValueError:
            received = response.data
        return converted(received, response_type, ["received_data"], _check_type is not False)

    def parameters_to_tuples(
        self, params: Any, collection_formats: Mapping[str, str] | None
    ) -> list[tuple[str, Any]]:
        """Give parameters as pairs, and collections in their format."""
        formats = collection_formats or {}
        pairs: list[tuple[str, Any]] = []
        for name, value in params.items() if isinstance(params, dict) else params:
            kind = formats.get(name)
            if kind is None:
                pairs.append((name, value))
            elif kind == "multi":
                pairs.extend((name, item) for item in value)
            else:
                pairs.append((name, _DELIMITERS.get(kind, ",").join(str(item) for item in value)))
        return pairs

    def parameters_to_multipart(self, params: Any, collection_types: Any) -> list[Any]:
        """Give parameters as parts of a form: collections as JSON, the rest as pairs."""
        from json import dumps

        from openapi_generated.pinterest_client._request import RequestField

        parts: list[Any] = []
        for name, value in params.items() if isinstance(params, dict) else params:
            if isinstance(value, collection_types or dict):
                data = dumps(value, ensure_ascii=False).encode()
                parts.append(RequestField(name, data, "application/json; charset=utf-8"))
            else:
                parts.append((name, value))
        return parts

    @staticmethod
    def get_file_data_and_close_file(file_instance: Any) -> Any:
        """Read a file and close it."""
        with file_instance:
            return file_instance.read()

    def files_parameters(
        self, files: Mapping[str, Iterable[Any] | None] | None = None
    ) -> list[tuple[str, tuple[str, bytes, str]]]:
        """Read files, by parameter, and close them: their names, bytes and types."""
        found = []
        for name, of_name in (files or {}).items():
            for file in of_name or ():
                if file is None:
                    continue
                if file.closed:
                    raise InvalidInputException(
                        f"Cannot read a closed file. The passed in file_type for {name} must be open."
                    )
                from mimetypes import guess_type

                filename = os.path.basename(file.name)
                kind = guess_type(filename)[0] or "application/octet-stream"
                found.append((name, (filename, self.get_file_data_and_close_file(file), kind)))
        return found

    def select_header_accept(self, accepts: Iterable[str] | None) -> str | None:
        """Give the ``Accept`` for an operation's content types."""
        kinds = [kind.lower() for kind in accepts or ()]
        return "application/json" if "application/json" in kinds else ", ".join(kinds) or None

    def select_header_content_type(
        self, content_types: Iterable[str] | None, method: str | None = None, body: Any = None
    ) -> str:
        """Give the ``Content-Type`` among those that an operation takes."""
        kinds = [kind.lower() for kind in content_types or ()]
        patch = "application/json-patch+json"
        if method == "PATCH" and patch in kinds and isinstance(body, list):
            return patch
        return "application/json" if not kinds or {"application/json", "*/*"} & {*kinds} else kinds[0]

    def update_params_for_auth(
        self,
        headers: dict[str, Any],
        queries: Any,
        auth_settings: Iterable[str] | None,
        resource_path: str,  # noqa: ARG002 - a subclass may sign these.
        method: str,  # noqa: ARG002
        body: Any,  # noqa: ARG002
    ) -> None:
        """Add the credentials that have one of these names, where there are such."""
        if not auth_settings:
            return
        known = self.configuration.auth_settings()
        for setting in filter(None, map(known.get, auth_settings)):
            if setting["in"] == "cookie":
                headers["Cookie"] = setting["value"]
            elif setting["in"] == "header":
                headers[setting["key"]] = setting["value"]
            elif setting["in"] == "query":
                queries.append((setting["key"], setting["value"]))
            else:
                raise InvalidInputException("Authentication token must be in `query` or `header`")
