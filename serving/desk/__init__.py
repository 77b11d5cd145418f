"""Pages for reviewers, made of what is on record."""

from .report import report_page
from .shipment import Shipment

__all__ = ["Shipment", "report_page"]
