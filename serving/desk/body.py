"""What there is to read of a shipment: the same in a report and on the desk."""

from collections import defaultdict

from markupsafe import Markup

from ..words import Words
from .evidence import Evidence
from .pages import rendered, text
from .shipment import Shipment
from .waterfall import waterfall


def shipment_body(
    shipment: Shipment,
    words: Words,
    evidence: Evidence | None = None,
    with_owner_nationality: bool = True,
) -> Markup:
    """An <article class="shipment"> with its own <h1>, for any page that carries the style.

    evidence: what a history says around the shipment: then it has pictures. Owner nationality is
    sensitive: False leaves out what names it. All that was declared is escaped; there is no script,
    no inline style, and nothing to load.
    """
    if not with_owner_nationality:
        shipment = shipment.without_owner_nationality()
    drawn = Markup("")
    if bars := shipment.bars:
        drawn = waterfall(bars, shipment.answer["base"], shipment.answer["risk"], words)
    pictures = defaultdict(list)
    if evidence is not None:
        for picture in evidence.pictures(words, with_owner_nationality):
            pictures[picture.family].append(picture)
    told = {part.family for part in shipment.parts}
    return rendered(
        "shipment_body.html",
        shipment=shipment,
        answer=shipment.answer,
        advice=shipment.advice,
        given=shipment.given,
        waterfall=drawn,
        pictures=pictures,
        further_pictures=[x for family in pictures for x in pictures[family] if family not in told],
        about_pictures=_about(shipment, evidence, words) if evidence else [],
        words=words,
    )


def _about(shipment: Shipment, evidence: Evidence, words: Words) -> list[str]:
    """Where the pictures come from, and what is not drawn for want of data."""
    told = [words("pictures.known_through", day=evidence.day, through=evidence.through)]
    if evidence.digest != shipment.given.circumstances.history_digest:
        told.append(words("pictures.other_history", digest=evidence.digest or "–"))
    if gaps := evidence.gaps(words):
        told.append(f"{words('pictures.gaps')}: {'; '.join(gaps)}.")
    return told


def shipment_style() -> str:
    """The style sheet of that article: its rules reach nothing outside it but its colours."""
    return text("shipment.css")
