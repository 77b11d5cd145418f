"""The style sheet and the script of the desk: two files, told apart from older ones by a digest."""

import hashlib

from starlette.requests import Request
from starlette.responses import Response

from ..body import shipment_style
from ..pages import text

_STYLE = (text("desk.css") + shipment_style()).encode()
_SCRIPT = text("desk.js").encode()
_ICON = text("icon.svg").encode()

# Stands in their addresses, so that a browser may keep them until they change.
VERSION = hashlib.sha256(_STYLE + _SCRIPT).hexdigest()[:12]

_KEPT = {"cache-control": "public, max-age=31536000, immutable"}


async def style(request: Request) -> Response:
    """How the pages look."""
    return Response(_STYLE, headers=_KEPT, media_type="text/css")


async def icon(request: Request) -> Response:
    """What stands beside the title."""
    return Response(_ICON, headers=_KEPT, media_type="image/svg+xml")


async def script(request: Request) -> Response:
    """What the keys do."""
    return Response(_SCRIPT, headers=_KEPT, media_type="text/javascript")
