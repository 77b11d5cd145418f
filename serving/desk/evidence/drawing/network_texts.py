"""What stands in the boxes of a network: lines of text, each with its kind."""

from ....words import Words
from ....words.countries import country_name
from ..network import Firm, Network, Tie

# A line of text and how it is set: "role", "name", "" or "found".
Lines = list[tuple[str, str]]

_YOUNG = 365


def firm_lines(network: Network, words: Words) -> Lines:
    """The firm of the shipment."""
    firm = network.firm
    return [
        (words("pictures.network.firm"), "role"),
        (firm.name or firm.trader_id, "name"),
        *([(firm.trader_id, "")] if firm.name else []),
        *_age(firm, words),
        _findings(network.inspected, network.violations, words),
    ]


def owner_lines(network: Network, words: Words) -> Lines:
    """Its owners by country, as declared."""
    lines = [(words("pictures.network.owners"), "role")]
    for country, share in network.owners[:4]:
        name = country_name(country, words.language)
        lines.append((f"{100 * share:.0f} % {name} ({country})", "name"))
    if network.owners_changed:
        day = network.owners_changed
        lines.append((words("pictures.network.owners_changed", day=day), ""))
    return lines


def tie_lines(tie: Tie, words: Words) -> Lines:
    """Somebody or something that the firm shares with others."""
    lines = [(words(f"pictures.network.{tie.role}"), "role"), (tie.name or tie.number, "name")]
    if tie.name:
        lines.append((tie.number, ""))
    if tie.firms is not None:
        traded = "firms_traded" if tie.role == "partner" else "firms"
        lines.append((words(f"pictures.network.{traded}", n=tie.firms), ""))
    if tie.young is not None:
        lines.append((words("pictures.network.young", n=tie.young), "found" if tie.young else ""))
    if tie.shipments is not None:
        lines.append((words("pictures.network.shipments", n=tie.shipments), ""))
        lines.append((words("pictures.network.listed", n=tie.listed), ""))
    if tie.of_young:
        lines.append((words("pictures.network.of_young", n=tie.of_young), ""))
    of_others = tie.role in ("director", "address")
    return [*lines, _findings(tie.inspected, tie.violations, words, of_others)]


def other_lines(firm: Firm, words: Words) -> Lines:
    """Another firm that shares it."""
    return [(firm.name or firm.trader_id, "name"), *_age(firm, words)]


def _age(firm: Firm, words: Words) -> Lines:
    if firm.age_days is None:
        return [(words("pictures.network.age_not_known"), "")]
    young = "found" if firm.age_days < _YOUNG else ""
    return [(words("pictures.network.age", days=firm.age_days), young)]


def _findings(
    inspected: int, violations: int, words: Words, of_others: bool = False
) -> tuple[str, str]:
    whose = "of_others" if of_others else "own"
    if not inspected:
        return words(f"pictures.network.no_findings.{whose}"), ""
    key = f"pictures.network.findings.{whose}"
    told = words(key, inspected=inspected, violations=violations)
    return told, "found" if violations else ""
