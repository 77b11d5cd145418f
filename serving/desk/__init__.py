"""Pages for reviewers, made of what is on record."""

from .body import shipment_body, shipment_style
from .report import report_page
from .shipment import Shipment
from .store import DeskError, Store, inspections_of
from .web import DeskSettings, Proxy

__all__ = [
    "DeskError",
    "DeskSettings",
    "Proxy",
    "Shipment",
    "Store",
    "inspections_of",
    "report_page",
    "shipment_body",
    "shipment_style",
]
