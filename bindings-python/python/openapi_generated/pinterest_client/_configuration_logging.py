"""The loggers and the log file of a `Configuration`. `logging` is slow to import: only if asked for."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from logging import FileHandler, Formatter, Logger, StreamHandler
    from os import PathLike
    from typing import Any
else:  # For `typing.get_type_hints`.
    from os import PathLike  # noqa: TC003

    from pinterest_sdk._hints import Any  # noqa: TC001

    FileHandler = Formatter = Logger = object
    StreamHandler = dict

LOGGER = "openapi_generated.pinterest_client"
_FORMAT = "%(asctime)s %(levelname)s %(message)s"


class LogSettings:
    """What is logged: what was asked for and the status that came, never a secret or a body.

    Attributes:
        logger_stream_handler: kept from the generated client, which has no use for it.
        logger_file_handler: writes ``logger_file``.

    """

    def __init__(self) -> None:
        self._loggers: dict[str, Logger] | None = None
        self._logger_format = _FORMAT
        self._logger_file: str | PathLike[str] | None = None
        self._debug = False
        self.logger_stream_handler: StreamHandler[Any] | None = None
        self.logger_file_handler: FileHandler | None = None

    @property
    def logger(self) -> dict[str, Logger]:
        """The loggers by what they are for; this package's is ``package_logger``."""
        if self._loggers is None:
            import logging

            self._loggers = {
                "package_logger": logging.getLogger(LOGGER),
                "urllib3_logger": logging.getLogger("urllib3"),
            }
            self._set_levels()
        return self._loggers

    @logger.setter
    def logger(self, value: dict[str, Logger]) -> None:
        self._loggers = value

    @property
    def debug(self) -> bool:
        """Whether calls are logged."""
        return self._debug

    @debug.setter
    def debug(self, value: bool) -> None:
        self._debug = value
        if value or self._loggers is not None:
            self._set_levels()

    def _set_levels(self) -> None:
        for logger in self.logger.values():
            logger.setLevel("DEBUG" if self._debug else "WARNING")

    @property
    def logger_file(self) -> str | PathLike[str] | None:
        """A file to log to; it is opened at once."""
        return self._logger_file

    @logger_file.setter
    def logger_file(self, value: str | PathLike[str] | None) -> None:
        self._logger_file = value
        if value:
            from logging import FileHandler

            handler = FileHandler(value)
            handler.setFormatter(self.logger_formatter)
            for logger in self.logger.values():
                logger.addHandler(handler)
            self.logger_file_handler = handler

    @property
    def logger_format(self) -> str:
        """How a line of the log file looks, in `logging`'s words; set it before the file."""
        return self._logger_format

    @logger_format.setter
    def logger_format(self, value: str) -> None:
        self._logger_format = value

    @property
    def logger_formatter(self) -> Formatter:
        """The formatter of `logger_format`."""
        from logging import Formatter

        return Formatter(self._logger_format)
