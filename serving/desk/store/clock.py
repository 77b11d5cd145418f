"""Moments as they are recorded: ISO text in UTC, which sorts by time."""

from datetime import UTC, datetime, timedelta


def now() -> str:
    """This moment."""
    return _text(datetime.now(UTC))


def ago(**length: float) -> str:
    """The moment that lies so far back, as `timedelta` is told it."""
    return _text(datetime.now(UTC) - timedelta(**length))


def _text(moment: datetime) -> str:
    return moment.isoformat(timespec="microseconds")
