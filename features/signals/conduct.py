"""How the firm goes about it: partners, papers, rhythm, and the record's own categories."""

from ..arrays import days_between
from ..columns import each_text
from ..declare import signal
from ..records.codes import INCOTERMS
from ..records.schema import DIRECTIONS
from ..trailing import Trailing
from ..values import Values

first_shipment_with_partner = Trailing(by=("trader_id", "partner_id"), take="first_day")
shipments_of_trader_in_heading_in_2_days = Trailing(by=("trader_id", "hs4"), days=2)

_MODES = {
    1: "sea", 2: "rail", 3: "road", 4: "air", 5: "mail", 6: "several modes", 7: "pipe or wire",
    8: "inland water", 9: "own propulsion",
}  # fmt: skip


def mode_name(code: float) -> str:
    """How a mode of transport (UN/ECE Recommendation 19) is read."""
    return _MODES.get(int(code), f"mode {code:.0f}")


def direction_name(code: float) -> str:
    """How the leg of a movement is read."""
    return DIRECTIONS[int(code)]


def procedure_name(code: float) -> str:
    """How a customs procedure's number is read."""
    return f"procedure {code:02.0f}"


def incoterms_name(code: float) -> str:
    """The three letters of a delivery term."""
    return INCOTERMS[int(code)]


@signal(
    family="conduct",
    says="The firm first traded with this partner {value:.0f} days ago",
    unknown="No earlier declaration of the firm with this partner is on record",
    risk="falls",
    flags=("A003-new-partners",),
    sees=("T7",),
)
def days_with_partner(first_shipment_with_partner: Values, declared_on: Values) -> Values:
    """Days since the firm's first declaration with this foreign partner; missing at the first."""
    return days_between(first_shipment_with_partner, declared_on)


@signal(
    family="conduct",
    asks="consignment",
    says="The firm declared heading {hs4} {value:.0f} times in the two days before",
    otherwise="The firm did not declare heading {hs4} in the two days before",
    risk="rises",
    flags=("A004-6", "UK-small-orders"),
    sees=("T10",),
)
def same_goods_in_2_days(shipments_of_trader_in_heading_in_2_days: Values) -> Values:
    """How often the firm declared the heading in the two days before, as splitting does."""
    return shipments_of_trader_in_heading_in_2_days


@signal(
    family="conduct",
    asks="changes",
    says="The declaration was changed {value:.0f} times before release",
    otherwise="The declaration was not changed before release",
    risk="rises",
    flags=("A003-late-changes",),
)
def changes_before_release(amendments: Values) -> Values:
    """How often the declaration was changed before release."""
    return amendments


@signal(family="conduct", says="The goods move by {value}", decode=mode_name)
def transport_mode(mode_of_transport: Values) -> Values:
    """The mode of transport, as a category."""
    return each_text(mode_of_transport, float, float)


@signal(family="conduct", says="The movement is of kind {value}", decode=direction_name)
def leg(direction: Values) -> Values:
    """Which leg it is (import, onward, export, transit), as a category."""
    return each_text(direction, lambda name: float(DIRECTIONS.index(name)), float)


@signal(family="conduct", says="The goods are under {value}", decode=procedure_name)
def customs_procedure(procedure: Values) -> Values:
    """The first two digits of the customs procedure, as a category."""
    return each_text(procedure, lambda code: float(code[:2]), float)


@signal(family="conduct", says="The delivery term is {value}", decode=incoterms_name)
def delivery_term(incoterms: Values) -> Values:
    """The delivery term (Incoterms), as a category."""
    return each_text(incoterms, lambda letters: float(INCOTERMS.index(letters)), float)
