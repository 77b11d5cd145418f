"""An ablation as Markdown: what the families that see a typology are worth for it."""

from collections.abc import Iterator

from shiprisk.features import FAMILIES, TYPOLOGIES

from .families import ALL, Families, that_see
from .figures import CAPACITIES, Interval, Recalls
from .worlds import OUTCOMES, TRUTH

_MORE = CAPACITIES[-1]

_COMPARED = ("All", "Without", "Alone", "All − without")
_TAUGHT = {TRUTH: "Taught the truth", OUTCOMES: "Taught by outcomes"}

_BOLD = (
    "Bold: families that hold a signal which sees the typology. Another can find it too, by what "
    "all who divert have in common, such as listed goods, or firms that were found before."
)
_HOW = """A model is fitted on what was known before the test months, and its riskiest 1 and 5 % of
all their shipments are taken; recall is the share of the diverted ones among them, chance finds 1
and 5 %. **All**: every signal. **Without**: without the families that hold a signal which sees the
typology. **Alone**: these families and nothing else. Families are left out whole, since a sibling
often tells what a left-out signal told. *At most*: what knowing the truth would reach at 1 %. In
brackets 95 % intervals: networks are drawn again and again, whose shipments are alike.

*Taught the truth*: with the truth of every shipment before the test months as labels, which shows
what the signals hold. *Taught by outcomes*: by what an authority knew, late and partly wrong
outcomes of the few that it inspected. With so few labels a model also learns what is chance, and
fewer signals can be better."""


def ablation_text(apart: Recalls, together: Recalls, command: str) -> str:
    """Every figure, and what follows from them in words that are made from the figures.

    apart: of worlds with one typology each. together: of worlds with all of them.
    """
    return "\n\n".join(_paragraphs(apart, together, command))


def _paragraphs(apart: Recalls, together: Recalls, command: str) -> Iterator[str]:
    yield f"    {command}"
    yield _HOW
    yield (
        f"### A world for each typology\n\n{apart.shipments:,} shipments in the test months of "
        f"{apart.worlds} worlds, in each of which goods are diverted in one way only, among the "
        "same honest trade. So a model learns this way and no other."
    )
    yield f"**One family alone**, recall @5 %, taught the truth. {_seen(apart)}"
    yield _one_family(apart)
    for by, head in _TAUGHT.items():
        yield f"**{head}.** {_verdict(apart, by)}"
        yield _with_and_without(apart, by)
    yield (
        f"### All typologies in one world\n\n{together.shipments:,} shipments in the test months "
        f"of {together.worlds} worlds of the `default` scenario. "
        "A model learns all ways at once; what they have in common, such as listed goods, finds "
        "most of each, so that leaving out the families that see one costs less, and may free the "
        "top for others."
    )
    yield f"**{_TAUGHT[OUTCOMES]}.** {_verdict(together, OUTCOMES)}"
    yield _with_and_without(together, OUTCOMES)


def _with_and_without(recalls: Recalls, by: str) -> str:
    heads = ["Typology", "Families that see it", "Shipments", "At most"]
    for share in CAPACITIES:
        heads += [
            f"{what} @{_percent(share)}" for what in ("All", "Without", "Alone", "All − without")
        ]
    lines = [_line(heads), "|---|---|" + "---:|" * (len(heads) - 2)]
    for typology in recalls.typologies:
        seeing = that_see(typology)
        most = recalls.of(typology).reachable(CAPACITIES[0])
        cells = [f"{typology} {TYPOLOGIES[typology].name}", _names(seeing)]
        cells += [f"{recalls.count(typology):,}", f"{most:.2f}"]
        for share in CAPACITIES:
            for families in (ALL, ALL - seeing, seeing):
                cells.append(f"{recalls.recall(by, families, share, typology).figure:.2f}")
            cells.append(_changed(_lost(recalls, by, share, typology)))
        lines.append(_line(cells))
    return "\n".join(lines)


def _verdict(recalls: Recalls, by: str) -> str:
    """Of which typologies less is found without what sees them, of which more, beyond chance."""
    sentences = []
    for share in CAPACITIES:
        lost = {typology: _lost(recalls, by, share, typology) for typology in recalls.typologies}
        less = [typology for typology, change in lost.items() if change.low > 0]
        more = [typology for typology, change in lost.items() if change.high < 0]
        open_ = [typology for typology in lost if typology not in (*less, *more)]
        sentences.append(
            f"Without them the riskiest {_percent(share)} hold less of {_listed(less)} and more of "
            f"{_listed(more)}; chance could have made the difference for {_listed(open_)}."
        )
    return " ".join(sentences)


def _seen(recalls: Recalls) -> str:
    """Which typologies one of the families that see them finds alone, beyond chance."""
    missed = []
    for typology in recalls.typologies:
        alone = (_alone(recalls, family, typology) for family in that_see(typology))
        if not any(recall.low > _MORE for recall in alone):
            missed.append(typology)
    every = len(recalls.typologies)
    said = (
        f"Of the {every} typologies {every - len(missed)} are found beyond chance by a model with "
        "one of the families that see them and nothing else"
    )
    return f"{said}; not so {_listed(missed)}." if missed else f"{said}."


def _one_family(recalls: Recalls) -> str:
    lines = [_line(["", *FAMILIES]), "|---" + "|---:" * len(FAMILIES) + "|"]
    for typology in recalls.typologies:
        cells = [
            _marked(f"{_alone(recalls, family, typology).figure:.2f}", family, typology)
            for family in FAMILIES
        ]
        lines.append(_line([typology, *cells]))
    return "\n".join([*lines, "", _BOLD])


def _lost(recalls: Recalls, by: str, share: float, typology: str) -> Interval:
    return recalls.change(by, (ALL, ALL - that_see(typology)), share, typology)


def _alone(recalls: Recalls, family: str, typology: str) -> Interval:
    return recalls.recall(TRUTH, frozenset([family]), _MORE, typology)


def _changed(change: Interval) -> str:
    return f"{change.figure:+.2f} ({change.low:+.2f} to {change.high:+.2f})"


def _marked(text: str, family: str, typology: str) -> str:
    return f"**{text}**" if family in that_see(typology) else text


def _percent(share: float) -> str:
    return f"{100 * share:g} %"


def _names(families: Families) -> str:
    return ", ".join(family for family in FAMILIES if family in families)


def _listed(typologies: list[str]) -> str:
    return ", ".join(typologies) if typologies else "none"


def _line(cells: list[str]) -> str:
    return f"| {' | '.join(cells)} |"
