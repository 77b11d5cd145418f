"""Whether goods described so are usually declared under this code, learnt from past declarations.

No dictionary: the words are compared with what was declared under them before, in any language.
"""

import re

import numpy as np

from ..arrays import smoothed
from ..columns import each_text
from ..declare import fact, signal
from ..trailing import Trailing
from ..values import Values, where

# From so many past declarations on, the whole description speaks for itself.
ENOUGH = 5

_WORD = re.compile(r"[^\W\d_]{3,}")

shipments_in_chapter = Trailing(by=("hs2",))
shipments_described_so = Trailing(by=("described_as",))
shipments_described_so_in_chapter = Trailing(by=("described_as", "hs2"))
shipments_described_so_in_heading = Trailing(by=("described_as", "hs4"))
shipments_named_so = Trailing(by=("first_words",))
shipments_named_so_in_chapter = Trailing(by=("first_words", "hs2"))
shipments_named_so_in_heading = Trailing(by=("first_words", "hs4"))


@fact
def described_as(description: Values) -> Values:
    """The words of the description: small letters, without numbers, signs and short words."""
    return each_text(description, lambda text: " ".join(_WORD.findall(text.casefold())) or None)


@fact
def first_words(described_as: Values) -> Values:
    """The first two words of the description: papers name the goods before they describe them."""
    return each_text(described_as, lambda words: " ".join(words.split()[:2]))


@fact
def words_known(shipments_described_so: Values, shipments_named_so: Values) -> Values:
    """How many past declarations have the description, or, where few do, begin like it."""
    return _backed_off(shipments_described_so, shipments_described_so, shipments_named_so)


@fact
def words_known_in_chapter(
    shipments_described_so: Values,
    shipments_described_so_in_chapter: Values,
    shipments_named_so_in_chapter: Values,
) -> Values:
    """How many of those declarations were of this chapter."""
    return _backed_off(
        shipments_described_so, shipments_described_so_in_chapter, shipments_named_so_in_chapter
    )


@fact
def words_known_in_heading(
    shipments_described_so: Values,
    shipments_described_so_in_heading: Values,
    shipments_named_so_in_heading: Values,
) -> Values:
    """How many of those declarations were of this heading."""
    return _backed_off(
        shipments_described_so, shipments_described_so_in_heading, shipments_named_so_in_heading
    )


@fact
def words_compared(
    described_as: Values, first_words: Values, shipments_described_so: Values
) -> Values:
    """The words that are compared: the whole description or its first two words."""
    return where(shipments_described_so >= ENOUGH, described_as, first_words)


@fact
def chapter_share_overall(shipments_in_chapter: Values, shipments_of_all: Values) -> Values:
    """The share of the chapter in all past declarations, never quite zero."""
    return (shipments_in_chapter + 1) / (shipments_of_all + 100)


@signal(
    family="goods",
    asks="goods",
    says='"{words_compared}" was declared in chapter {hs2} in {words_known_in_chapter:.0f} of '
    "{words_known:.0f} past declarations",
    unknown="No past declaration has such a description",
    risk="falls",
    flags=("S-misdeclared",),
    sees=("T3",),
)
def words_fit_chapter(
    words_known_in_chapter: Values, words_known: Values, chapter_share_overall: Values
) -> Values:
    """Share of past declarations with this description that were of the declared chapter.

    The whole description counts where at least five past declarations have it, else its first
    two words; the share is smoothed towards the chapter's share in all trade.
    """
    share = smoothed(words_known_in_chapter, words_known, chapter_share_overall, weight=1)
    return where(words_known > 0, share, np.nan)


@signal(
    family="goods",
    asks="goods",
    says='"{words_compared}" was declared in heading {hs4} in {words_known_in_heading:.0f} of '
    "{words_known:.0f} past declarations",
    unknown="No past declaration has such a description",
    risk="falls",
    flags=("S-misdeclared",),
    sees=("T3",),
)
def words_fit_heading(
    words_known_in_heading: Values, words_known: Values, heading_share_overall: Values
) -> Values:
    """Share of past declarations with this description that were of the declared heading.

    Counted as for the chapter: a neighbouring heading is the closer place to hide goods.
    """
    share = smoothed(words_known_in_heading, words_known, heading_share_overall, weight=1)
    return where(words_known > 0, share, np.nan)


def _backed_off(described: Values, narrow: Values, wide: Values) -> Values:
    """The count of the whole description where enough have it, else that of its first words."""
    return where(described >= ENOUGH, narrow, wide)
