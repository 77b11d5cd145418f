"""The firm and those around it: owners, director, address, declarant, partner, office."""

from dataclasses import dataclass
from datetime import date
from typing import Literal, cast

import numpy as np

from .past import NotKnown, Past

Role = Literal["director", "address", "declarant", "partner"]

# So many other firms are drawn at an address or of a director; all are counted.
_MOST_FIRMS = 3


@dataclass(frozen=True)
class Firm:
    """A firm. age_days: on the day, None where its registration is not known."""

    trader_id: str
    name: str | None
    age_days: int | None


@dataclass(frozen=True)
class Tie:
    """Somebody or something that the firm of a shipment shares with others.

    firms: how many firms the register has with it, the firm among them; young: those under a year;
    None where a register says nothing. shipments, listed, of_young: declarations in the year
    before, those of listed goods, those by firms under a year old; None where that is not kept.
    inspected, violations: outcomes known before, at an address and of a director those of other
    firms. others: some of these firms, the youngest first.
    """

    role: Role
    number: str
    name: str | None
    firms: int | None
    young: int | None
    shipments: int | None
    listed: int | None
    of_young: int | None
    inspected: int
    violations: int
    others: tuple[Firm, ...] = ()


@dataclass(frozen=True)
class Network:
    """The firm, outcomes of its own shipments known before, and its ties.

    owners: countries and their shares as declared; sensitive. owners_changed: when the register
    last learnt of others.
    """

    firm: Firm
    inspected: int
    violations: int
    owners: tuple[tuple[str, float], ...]
    owners_changed: date | None
    ties: tuple[Tie, ...]


def network_of(past: Past) -> Network:
    """Who stands around the shipment."""
    ties = [_shared(past, "director"), _shared(past, "address"), _declarant(past), _partner(past)]
    found = tuple(tie for tie in ties if tie)
    owners = _owners(past.value("owner_nationalities"))
    if not found and not owners:
        raise NotKnown("pictures.network.nothing")
    return Network(
        Firm(
            past.value("trader_id"), past.value("trader_name"), _days(past.value("firm_age_days"))
        ),
        past.count("inspected_of_trader"),
        past.count("hits_of_trader"),
        owners,
        past.value("owners_changed_on"),
        found,
    )


def _shared(past: Past, role: Role) -> Tie | None:
    """The address or the director."""
    number = past.value(f"{role}_id")
    if number is None:
        return None
    of = "at_address" if role == "address" else "of_director"
    year = ("shipments_of_address_in_year", "listed_shipments_of_address_in_year")
    return Tie(
        role, number, None,
        past.count(f"firms_{of}_on_register"), past.count(f"young_firms_{of}"),
        past.count(year[0]) if role == "address" else None,
        past.count(year[1]) if role == "address" else None,
        None,
        past.count(f"inspected_{of}") - past.count(f"inspected_{of}_of_trader"),
        past.count(f"hits_{of}") - past.count(f"hits_{of}_of_trader"),
        _others(past, f"{role}_id", number),
    )  # fmt: skip


def _declarant(past: Past) -> Tie | None:
    """Who files, where that is not the firm itself."""
    number = past.value("declarant_id")
    if number is None or number == past.value("trader_id"):
        return None
    return Tie(
        "declarant", number, None, None, None,
        past.count("shipments_of_declarant_in_year"),
        past.count("listed_shipments_of_declarant_in_year"),
        past.count("young_shipments_of_declarant_in_year"),
        past.count("inspected_of_declarant"), past.count("hits_of_declarant"),
    )  # fmt: skip


def _partner(past: Past) -> Tie | None:
    """The foreign party, and with how many firms it has traded."""
    number = past.value("partner_id")
    if number is None:
        return None
    return Tie(
        "partner", number, past.value("partner_name"), _firms_of_partner(past, number), None,
        past.count("shipments_of_partner_in_year"),
        past.count("listed_shipments_of_partner_in_year"),
        None,
        past.count("inspected_of_partner"), past.count("hits_of_partner"),
    )  # fmt: skip


def _firms_of_partner(past: Past, number: str) -> int:
    pairs = past.history.contacts.columns
    before = np.datetime64(past.day, "D").astype(np.int64)
    met = (pairs["partner_id"] == number) & (pairs["since"] < before)
    return len(set(pairs["trader_id"][met].tolist()))


def _others(past: Past, name: str, number: str) -> tuple[Firm, ...]:
    """Other firms on the register with the same address or director, the youngest first."""
    day = np.datetime64(past.day, "D")
    known = past.history.register.sharing(name, number, day)
    nothing = np.full(len(known["trader_id"]), None)
    named = (known.get(field, nothing) for field in ("trader_id", "trader_name", "registered_on"))
    firms = [
        Firm(one, called, _age(since, past.day)) for one, called, since in zip(*named, strict=True)
    ]
    others = [firm for firm in firms if firm.trader_id != past.value("trader_id")]
    others.sort(key=lambda one: (one.age_days is None, one.age_days, one.trader_id))
    return tuple(others[:_MOST_FIRMS])


def _age(registered: np.datetime64 | None, day: date) -> int | None:
    since = None if registered is None else cast(date | None, registered.item())
    return None if since is None else (day - since).days


def _days(age: float | None) -> int | None:
    return None if age is None else round(age)


def _owners(told: str | None) -> tuple[tuple[str, float], ...]:
    """Countries and shares, from a text such as `KZ:0.4 RU:0.6`, the largest first."""
    parts = [part.split(":") for part in (told or "").split()]
    return tuple(sorted(((c, float(share)) for c, share in parts), key=lambda x: (-x[1], x[0])))
