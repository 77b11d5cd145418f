"""The model card: what the model is, on what it rests, how good it was, and its limits."""

from .card import card_summary, model_card
from .groups import metrics_table
from .table import table

__all__ = ["card_summary", "metrics_table", "model_card", "table"]
