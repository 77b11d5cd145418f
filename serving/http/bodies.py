"""What a request holds: how many reasons it wants, a body of bounded size, and its records."""

import asyncio
import re
from typing import Any

from starlette.requests import Request

from ..ranking import MOST_REASONS
from .limits import Limits
from .problems import Problem
from .text import from_json

Record = dict[str, Any]

# More than there are signals: all of them.
REASONS_UP_TO = 1_000

# What is left of a refused body would be read as the next request.
_CLOSE = {"connection": "close"}


def reasons_of(request: Request) -> int:
    """How many reasons that raise a risk are wanted; half as many that lower it."""
    asked = request.query_params.get("reasons", str(MOST_REASONS))
    if not re.fullmatch("[0-9]{1,4}", asked) or not 1 <= int(asked) <= REASONS_UP_TO:
        raise Problem(422, f"reasons must be a whole number from 1 to {REASONS_UP_TO:,}")
    return int(asked)


def advised(request: Request) -> bool:
    """Whether advice is wanted with the score of one declaration; it is unless told otherwise."""
    asked = request.query_params.get("advice", "true")
    if asked not in ("true", "false"):
        raise Problem(422, "advice must be true or false")
    return asked == "true"


async def body_of(request: Request, limits: Limits) -> bytes:
    """The body; Problem where it is larger or slower than allowed: reading stops there."""
    _check_size(request.headers.get("content-length", ""), limits)
    body = bytearray()
    try:
        async with asyncio.timeout(limits.body_seconds):
            async for chunk in request.stream():
                body += chunk
                _check_size(str(len(body)), limits)
    except TimeoutError:
        raise Problem(
            408, f"the body did not come within {limits.body_seconds:g} s", headers=_CLOSE
        ) from None
    return bytes(body)


def _check_size(size: str, limits: Limits) -> None:
    if size.isdecimal() and int(size) > limits.most_bytes:
        raise Problem(413, f"give at most {limits.most_bytes:,} bytes at once", headers=_CLOSE)


def asked_for(body: bytes, limits: Limits) -> Record | list[Record]:
    """The record or the records of a body; Problem where it holds none or too many."""
    try:
        asked = from_json(body)
    except ValueError as error:
        raise Problem(400, f"the body is not JSON: {error}") from None
    if isinstance(asked, dict):
        return asked
    if not isinstance(asked, list):
        raise Problem(422, "give one declaration as an object, or a list of them")
    if not 1 <= len(asked) <= limits.most_records:
        raise Problem(
            422, f"give 1 to {limits.most_records:,} declarations at once, not {len(asked):,}"
        )
    if wrong := [at for at, record in enumerate(asked) if not isinstance(record, dict)]:
        raise Problem(422, f"row {wrong[0]} of the list is no object; each must be a declaration")
    return asked
