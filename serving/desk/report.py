"""A recorded score as one HTML file that needs nothing else: to read, print, and put in a file."""

import base64
import hashlib

from markupsafe import Markup

from ..words import Words
from .body import shipment_body, shipment_style
from .pages import rendered, text
from .shipment import Shipment


def report_page(shipment: Shipment, words: Words) -> str:
    """The page. All that was declared is escaped, and the page may load and run nothing."""
    style = text("report.css") + shipment_style()
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    return rendered(
        "report.html",
        given=shipment.given,
        body=shipment_body(shipment, words),
        style=Markup(style),
        style_digest=digest,
        words=words,
    )
