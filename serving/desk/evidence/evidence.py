"""What the past says around a shipment, for pictures beside the reasons of its score."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from shiprisk.features import History

from ...words import Words
from .drawing import (
    ledger_picture,
    network_picture,
    price_picture,
    route_picture,
    timeline_picture,
)
from .ledger import Ledger, ledger_of
from .network import Network, network_of
from .past import NotKnown, Past
from .picture import Picture
from .price import Price, price_of
from .route import Route, route_of
from .timeline import Timeline, timeline_of

_PARTS: Mapping[str, Callable[[Past], Any]] = {
    "price": price_of,
    "timeline": timeline_of,
    "route": route_of,
    "ledger": ledger_of,
    "network": network_of,
}


@dataclass(frozen=True)
class Evidence:
    """Facts known strictly before the day of a shipment; None where the data cannot say.

    missing: for each part that is None, the key of the words that say what it lacks. through: the
    last day that the history holds. digest: its name.
    """

    day: date
    through: date
    digest: str
    price: Price | None = None
    timeline: Timeline | None = None
    route: Route | None = None
    ledger: Ledger | None = None
    network: Network | None = None
    missing: Mapping[str, str] = field(default_factory=dict)

    def pictures(self, words: Words, with_owner_nationality: bool = True) -> list[Picture]:
        """What there is, drawn. Owner nationality is sensitive: False leaves it out."""
        drawn = []
        if self.price:
            drawn.append(price_picture(self.price, words))
        if self.timeline:
            drawn.append(timeline_picture(self.timeline, words))
        if self.network:
            drawn.append(network_picture(self.network, words, with_owner_nationality))
        if self.route:
            drawn.append(route_picture(self.route, words))
        if self.ledger:
            drawn.append(ledger_picture(self.ledger, words))
        return drawn

    def gaps(self, words: Words) -> list[str]:
        """What is not drawn, and which data it lacks."""
        lacks = self.missing.items()
        return [f"{words(f'pictures.{part}.title')}: {words(key)}" for part, key in lacks]


def evidence_of(history: History, received: Mapping[str, Any], day: date) -> Evidence:
    """What a history says of a shipment as it came in, before a day.

    RejectedRecord, naming every fault, where these are no values of a shipment.
    """
    past = Past(history, received, day)
    parts, missing = {}, {}
    for name, find in _PARTS.items():
        try:
            parts[name] = find(past)
        except NotKnown as gap:
            missing[name] = str(gap.args[0])
    return Evidence(day, past.through, history.digest, missing=missing, **parts)
