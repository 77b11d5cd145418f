"""What reviewers read, in their language: one catalogue for pages, sentences and lists."""

from .words import LANGUAGES, Words

__all__ = ["LANGUAGES", "Words"]
