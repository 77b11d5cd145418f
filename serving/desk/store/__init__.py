"""What the desk keeps: accounts, sessions, the trail, lists drawn and outcomes written."""

from .accounts import ROLES, Account
from .errors import DeskError, Overtaken
from .lists import Chosen, Drawn
from .outcomes import FOUND, KINDS_OF_VIOLATION, Finding, Item, Outcome, inspections_of, newest_of
from .queue import OF_VALUES, ROWS_A_PAGE, Page, Row, Wanted
from .sessions import Session
from .store import Store
from .trail import Step

__all__ = [
    "FOUND", "KINDS_OF_VIOLATION", "OF_VALUES", "ROLES", "ROWS_A_PAGE", "Account", "Chosen",
    "DeskError", "Drawn", "Finding", "Item", "Outcome", "Overtaken", "Page", "Row", "Session",
    "Step", "Store", "Wanted", "inspections_of", "newest_of",
]  # fmt: skip
