"""A recorded score as one HTML file that needs nothing else: to read, print, and put in a file."""

import base64
import hashlib
from functools import cache
from importlib.resources import files

from jinja2 import Environment, StrictUndefined
from markupsafe import Markup

from .shipment import Shipment
from .waterfall import waterfall

_TEMPLATES = "templates"


def report_page(shipment: Shipment) -> str:
    """The page. All that was declared is escaped, and the page may load and run nothing."""
    style = _text("style.css")
    drawn = ""
    if bars := shipment.bars:
        drawn = waterfall(bars, shipment.answer["base"], shipment.answer["risk"])
    return _template().render(
        shipment=shipment,
        answer=shipment.answer,
        advice=shipment.advice,
        given=shipment.given,
        waterfall=drawn,
        style=Markup(style),
        style_digest=base64.b64encode(hashlib.sha256(style.encode()).digest()).decode(),
    )


@cache
def _template():  # type: ignore[no-untyped-def]
    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True)
    return environment.from_string(_text("shipment.html"))


def _text(name: str) -> str:
    return files(__package__).joinpath(_TEMPLATES, name).read_text(encoding="utf-8")
