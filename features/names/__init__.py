"""Names of firms and people: their comparable form, and how alike two of them are."""

from .form import Form, forms_of, plain_number
from .index import Alike, NameIndex

__all__ = ["Alike", "Form", "NameIndex", "forms_of", "plain_number"]
