"""What the service tells of its work: lines of JSON, without a word of any record."""

import logging
from datetime import UTC, datetime
from typing import Any, TextIO

from ..sent import as_json

_LOGGER = logging.getLogger("shiprisk.service")


class _Lines(logging.Formatter):
    """Each record as one line of JSON."""

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, Any] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "event": record.getMessage(),
            **getattr(record, "told", {}),
        }
        if record.exc_info:
            line["trace"] = self.formatException(record.exc_info)
        return as_json(line).decode()


def tell(event: str, level: int = logging.INFO, **told: Any) -> None:
    """Tell of an event, with what there is to say of it."""
    _LOGGER.log(level, event, extra={"told": told})


def tell_of_fault(event: str, **told: Any) -> None:
    """Tell of a fault of the service itself, with the trace of the exception that is handled."""
    _LOGGER.exception(event, extra={"told": told})


def log_to(stream: TextIO) -> None:
    """Write the service's lines, and those of the web server below it, to a stream."""
    handler = logging.StreamHandler(stream)
    handler.setFormatter(_Lines())
    for name, level in (("shiprisk.service", logging.INFO), ("uvicorn", logging.WARNING)):
        logger = logging.getLogger(name)
        logger.handlers, logger.propagate = [handler], False
        logger.setLevel(level)
