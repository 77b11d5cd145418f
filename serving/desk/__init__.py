"""Pages for reviewers, made of what is on record."""

from .body import shipment_body, shipment_style
from .evidence import Evidence, evidence_of
from .printing import PrintingError, print_pdf
from .report import report_page
from .shipment import Shipment
from .store import ROLES, DeskError, Store, inspections_of
from .web import DeskSettings, Proxy

__all__ = [
    "ROLES",
    "DeskError",
    "DeskSettings",
    "Evidence",
    "PrintingError",
    "Proxy",
    "Shipment",
    "Store",
    "evidence_of",
    "inspections_of",
    "print_pdf",
    "report_page",
    "shipment_body",
    "shipment_style",
]
