"""The firm in the middle, those around it in columns, always in the same places."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from markupsafe import Markup

from ....words import Words
from ..network import Network
from ..picture import Picture
from .canvas import box, canvas, label, line
from .network_texts import Lines, firm_lines, other_lines, owner_lines, tie_lines

# Where columns begin and how wide they are: other firms, ties of the firm, the firm, ties of trade.
_OTHERS, _LEFT, _FIRM, _RIGHT = (1, 195), (222, 220), (468, 195), (689, 210)
_LINE, _PAD, _GAP = 17, 8, 14


class _Card(NamedTuple):
    """A box of lines, and the smaller ones that hang on it."""

    lines: Lines
    others: Sequence[Lines] = ()

    @property
    def own(self) -> int:
        """Its own height in pixels."""
        return _LINE * len(self.lines) + 2 * _PAD

    @property
    def high(self) -> int:
        """The height of it and of what hangs on it."""
        return max(self.own, sum(_Card(other).own + 4 for other in self.others) - 4)


def network_picture(network: Network, words: Words, with_owner_nationality: bool) -> Picture:
    """The picture of those around a firm; its owners only where they may be shown."""
    owners = with_owner_nationality and network.owners
    left = [_Card(owner_lines(network, words))] if owners else []
    right: list[_Card] = []
    for tie in network.ties:
        card = _Card(tie_lines(tie, words), [other_lines(firm, words) for firm in tie.others])
        (left if tie.role in ("director", "address") else right).append(card)
    firm = _Card(firm_lines(network, words))
    height = max(_high(left), _high(right), firm.high)
    cards = [firm, *left, *right, *(_Card(lines) for card in left for lines in card.others)]
    told = "; ".join(", ".join(said for said, _ in card.lines) for card in cards)
    note = words("pictures.network.note")
    if not with_owner_nationality:
        note += " " + words("pictures.network.without_owners")
    return Picture(
        words("pictures.network.title"),
        canvas("network", height + 2, told, _shapes(firm, left, right, height)),
        note,
        "firm",
    )


def _shapes(
    firm: _Card, left: Sequence[_Card], right: Sequence[_Card], height: int
) -> Iterator[Markup]:
    """Lines first, so that boxes lie over their ends."""
    middle = height / 2
    for card, y in _stacked(left, height):
        at = y + card.high / 2
        yield line(_end(_LEFT), at, _FIRM[0], middle, "tie")
        for other, top in _hung(card, y):
            yield line(_end(_OTHERS), top + other.own / 2, _LEFT[0], at, "tie")
            yield from _drawn(other, _OTHERS, top, "other")
        yield from _drawn(card, _LEFT, at - card.own / 2, "card")
    for card, y in _stacked(right, height):
        yield line(_end(_FIRM), middle, _RIGHT[0], y + card.own / 2, "tie")
        yield from _drawn(card, _RIGHT, y, "card")
    yield from _drawn(firm, _FIRM, middle - firm.own / 2, "card own")


def _stacked(cards: Sequence[_Card], height: int) -> Iterator[tuple[_Card, float]]:
    """Cards one below the other, in the middle of a height, each with its upper edge."""
    y = (height - _high(cards)) / 2
    for card in cards:
        yield card, y
        y += card.high + _GAP


def _hung(card: _Card, y: float) -> Iterator[tuple[_Card, float]]:
    """The cards that hang on one, from an upper edge on."""
    for lines in card.others:
        other = _Card(lines)
        yield other, y
        y += other.own + 4


def _drawn(card: _Card, column: tuple[int, int], y: float, kind: str) -> Iterator[Markup]:
    x, width = column
    yield box(x, y + 1, width, card.own, kind, 5)
    for row, (said, how) in enumerate(card.lines):
        yield label(x + _PAD, y + _PAD + 14 + _LINE * row, said, how, width - 2 * _PAD)


def _high(cards: Sequence[_Card]) -> int:
    return sum(card.high + _GAP for card in cards) - _GAP if cards else 0


def _end(column: tuple[int, int]) -> int:
    return column[0] + column[1]
