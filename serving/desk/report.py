"""A recorded score as one HTML file that needs nothing else: to read, print, and put in a file."""

import base64
import hashlib

from markupsafe import Markup

from shiprisk.features import History

from ..words import Words
from .body import shipment_body, shipment_style
from .evidence import evidence_of
from .pages import rendered, text
from .shipment import Shipment


def report_page(
    shipment: Shipment,
    words: Words,
    history: History | None = None,
    with_owner_nationality: bool = True,
) -> str:
    """The page. All that was declared is escaped, and the page may load and run nothing.

    history: of what was known around the shipment; with it the page has pictures. See
    `shipment_body` for owner nationality.
    """
    given, evidence = shipment.given, None
    if history is not None:
        evidence = evidence_of(history, given.received, given.day)
    style = text("report.css") + shipment_style()
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    return rendered(
        "report.html",
        given=given,
        body=shipment_body(shipment, words, evidence, with_owner_nationality),
        style=Markup(style),
        style_digest=digest,
        words=words,
    )
