"""What there is to read of a shipment: the same in a report and on the desk."""

from markupsafe import Markup

from ..words import Words
from .pages import rendered, text
from .shipment import Shipment
from .waterfall import waterfall


def shipment_body(shipment: Shipment, words: Words) -> Markup:
    """An <article class="shipment"> with its own <h1>, for any page that carries the style.

    All that was declared is escaped; there is no script, no inline style, and nothing to load.
    """
    drawn = Markup("")
    if bars := shipment.bars:
        drawn = waterfall(bars, shipment.answer["base"], shipment.answer["risk"], words)
    return rendered(
        "shipment_body.html",
        shipment=shipment,
        answer=shipment.answer,
        advice=shipment.advice,
        given=shipment.given,
        waterfall=drawn,
        words=words,
    )


def shipment_style() -> str:
    """The style sheet of that article: its rules reach nothing outside it but its colours."""
    return text("shipment.css")
