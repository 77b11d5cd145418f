"""Pages for reviewers, made of what is on record."""

from .body import shipment_body, shipment_style
from .report import report_page
from .shipment import Shipment

__all__ = ["Shipment", "report_page", "shipment_body", "shipment_style"]
