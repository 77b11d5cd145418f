"""What a browser sends: a small form, each field once."""

from collections.abc import Mapping
from urllib.parse import parse_qsl

from starlette.requests import Request

from .visit import Refused

_MOST_BYTES, _MOST_FIELDS = 64_000, 200


async def form_of(request: Request) -> Mapping[str, str]:
    """The fields of a form; Refused for what no page of the desk sends."""
    kind = request.headers.get("content-type", "").partition(";")[0].strip()
    if kind != "application/x-www-form-urlencoded":
        raise Refused(415, "refused.form")
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > _MOST_BYTES:
            raise Refused(413, "refused.large")
    try:
        fields = parse_qsl(
            body.decode(), keep_blank_values=True, errors="strict", max_num_fields=_MOST_FIELDS
        )
    except ValueError:
        raise Refused(400, "refused.form") from None
    # Browsers send line ends as two characters; a database may refuse the character zero.
    return {name: value.replace("\r\n", "\n").replace("\0", "") for name, value in fields}
