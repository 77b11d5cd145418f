"""Pictures of facts: SVG, drawn here, nothing loaded; colours come from the page's style."""

from .ledger import ledger_picture
from .network import network_picture
from .price import price_picture
from .route import route_picture
from .timeline import timeline_picture

__all__ = [
    "ledger_picture",
    "network_picture",
    "price_picture",
    "route_picture",
    "timeline_picture",
]
