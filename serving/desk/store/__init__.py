"""What the desk keeps: accounts, sessions, the trail, lists drawn and outcomes written."""

from .accounts import ROLES, Account
from .errors import DeskError, Overtaken
from .lists import Chosen, Drawn
from .outcome import (
    DOCUMENTS,
    FOUND,
    KINDS_OF_VIOLATION,
    VIOLATION,
    Finding,
    Item,
    Outcome,
    inspections_of,
    newest_of,
)
from .queue import ROWS_A_PAGE, Page, Row
from .sessions import Session
from .store import Store
from .trail import Step
from .wanted import OPEN, Wanted

__all__ = [
    "DOCUMENTS",
    "FOUND",
    "KINDS_OF_VIOLATION",
    "OPEN",
    "ROLES",
    "ROWS_A_PAGE",
    "VIOLATION",
    "Account",
    "Chosen",
    "DeskError",
    "Drawn",
    "Finding",
    "Item",
    "Outcome",
    "Overtaken",
    "Page",
    "Row",
    "Session",
    "Step",
    "Store",
    "Wanted",
    "inspections_of",
    "newest_of",
]
