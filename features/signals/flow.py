"""What becomes of the firm's goods: what came in against what was sent on."""

import numpy as np

from ..arrays import at_least, at_most, days_between, log_positive, ratio, within
from ..declare import fact, signal
from ..trailing import Trailing
from ..values import Values, known, missing, where

# More sent on than came in by so many times says no more.
MOST = 10.0
DAYS_OF_USE = 30
LITTLE = 0.1

imported_kg_in_180_days = Trailing(by=("trader_id", "hs4"), of="imported_kg", days=180)
sent_on_kg_in_180_days = Trailing(by=("trader_id", "hs4"), of="sent_on_kg", days=180)
sent_on_kg_in_30_days = Trailing(by=("trader_id", "hs4"), of="sent_on_kg", days=30)
imported_kg_in_365_days = Trailing(by=("trader_id", "hs4"), of="imported_kg", days=365)
first_import_in_heading = Trailing(by=("trader_id", "hs4"), of="imported_kg", take="first_day")

# The ledger of firm and goods: what came in, and what left by paper.
goods_imported_kg = Trailing(by=("trader_id", "came_in_as"), of="imported_kg")
goods_imported_kg_in_180_days = Trailing(by=("trader_id", "came_in_as"), of="imported_kg", days=180)
last_import_of_goods = Trailing(by=("trader_id", "came_in_as"), of="imported_kg", take="last_day")
goods_sent_on_kg = Trailing(by=("trader_id", "came_in_as"), of="sent_on_kg")


@fact
def imported_kg(direction: Values, net_mass_kg: Values) -> Values:
    """Net mass of what is imported, missing for other legs."""
    return where(direction == "import", net_mass_kg, np.nan)


@fact
def sent_on_kg(direction: Values, net_mass_kg: Values) -> Values:
    """Net mass of what moves onward, missing for other legs."""
    return where(direction == "onward", net_mass_kg, np.nan)


@fact
def came_in_as(direction: Values, hs6: Values, previous_hs6: Values) -> Values:
    """The subheading under which the goods are in the ledger.

    An onward movement draws on the import that its waybill names as the document before it.
    """
    names_import = (direction == "onward") & known(previous_hs6)
    return where(names_import, previous_hs6, hs6)


@signal(
    family="flow",
    asks="stock",
    says="Of {imported_kg_in_180_days:,.0f} kg of heading {hs4} that the firm imported in the past "
    "180 days, {value:.0%} was sent on",
    flags=("CEPR-ghost-trade",),
    sees=("T1", "T2"),
)
def sent_on_share(sent_on_kg_in_180_days: Values, imported_kg_in_180_days: Values) -> Values:
    """Share of the firm's imports of the heading, in 180 days, that was officially sent on."""
    return at_most(ratio(sent_on_kg_in_180_days, imported_kg_in_180_days), 2)


@signal(
    family="flow",
    asks="stock",
    says="Of heading {hs4} the firm sent on {sent_on_kg_in_30_days:,.0f} kg in the past 30 days, "
    "{sent_on_kg_in_180_days:,.0f} kg in 180 ({imported_kg_in_180_days:,.0f} kg came in)",
    otherwise="The firm sends on no more of heading {hs4} of late ({sent_on_kg_in_30_days:,.0f} kg "
    "in the past 30 days, {sent_on_kg_in_180_days:,.0f} kg in 180)",
    unknown="No import of heading {hs4} by the firm is on record in the past 180 days",
    flags=("CEPR-ghost-trade",),
    sees=("T1",),
)
def sends_on_faster(
    sent_on_kg_in_30_days: Values,
    sent_on_kg_in_180_days: Values,
    imported_kg_in_180_days: Values,
) -> Values:
    """How the firm's onward movement of the heading quickens: log of 30 days over 180, per day.

    Both with a tenth of what came in added, so that little sent on says little.
    """
    little = imported_kg_in_180_days * LITTLE
    quickened = ratio(sent_on_kg_in_30_days * 6 + little, sent_on_kg_in_180_days + little)
    return where(little > 0, log_positive(quickened), np.nan)


@fact
def old_import_kg(goods_imported_kg: Values, goods_imported_kg_in_180_days: Values) -> Values:
    """Kilograms of these goods that the firm imported more than 180 days ago."""
    return goods_imported_kg - goods_imported_kg_in_180_days


@signal(
    family="flow",
    asks="stock",
    says="Of {old_import_kg:,.0f} kg of {came_in_as} that the firm imported more than 180 days "
    "ago, {value:.0%} was never sent on",
    otherwise="All {old_import_kg:,.0f} kg of {came_in_as} that the firm imported more than 180 "
    "days ago were sent on",
    unknown="No import of {came_in_as} by the firm is more than 180 days old",
    flags=("CEPR-ghost-trade", "S-ghost-trade"),
    sees=("T2",),
)
def stock_never_sent_on(old_import_kg: Values, goods_sent_on_kg: Values) -> Values:
    """Share of the firm's imports of these goods, older than 180 days, that never left by paper.

    Used here, or gone without a paper: whether the firm has a use for the goods tells which.
    """
    return where(old_import_kg > 0, at_least(1 - ratio(goods_sent_on_kg, old_import_kg), 0),
                    np.nan)  # fmt: skip


@fact
def ledger_kg(goods_imported_kg: Values, goods_sent_on_kg: Values) -> Values:
    """Kilograms of these goods that came in to the firm and did not leave by paper."""
    return at_least(goods_imported_kg - goods_sent_on_kg, 0)


@signal(
    family="flow",
    asks="stock",
    says="{net_mass_kg:,.0f} kg of {came_in_as} are sent on, {value:.2f} times the "
    "{ledger_kg:,.0f} kg that the firm's imports left to send",
    unknown="No goods made abroad that are sent on, or their mass is not given",
    flags=("CEPR-ghost-trade",),
    sees=("T1", "T2"),
)
def drawn_from_ledger(
    sent_on_kg: Values, ledger_kg: Values, country_of_origin: Values,
    country_of_dispatch: Values,
) -> Values:  # fmt: skip
    """Mass sent on, over what came in to the firm and is still there: 1 sends all, more too much.

    10 at most, also where nothing ever came in; missing for goods that are made here.
    """
    drawn = where(ledger_kg > 0, ratio(sent_on_kg, ledger_kg), MOST)
    foreign = (country_of_origin != country_of_dispatch) & known(country_of_origin)
    return where(foreign & known(sent_on_kg), at_most(drawn, MOST), np.nan)


@signal(
    family="flow",
    asks="stock",
    says="The goods are sent on {value:.0f} days after the firm last imported {came_in_as}",
    unknown="No goods that are sent on, or no import of {came_in_as} by the firm is on record",
    risk="falls",
    flags=("CEPR-ghost-trade", "S-ghost-trade"),
    sees=("T1", "T2"),
)
def days_since_import(
    sent_on_kg: Values, last_import_of_goods: Values, declared_on: Values
) -> Values:
    """Days from the firm's last import of these goods to their onward movement."""
    days = days_between(last_import_of_goods, declared_on)
    return where(missing(sent_on_kg), np.nan, days)


@fact
def usual_kg_a_month(
    imported_kg_in_365_days: Values,
    first_import_in_heading: Values,
    declared_on: Values,
) -> Values:
    """Kilograms of the heading that the firm imports in 30 days, over the past year.

    Over the time since its first import where that is shorter, but over two months at least.
    """
    since = days_between(first_import_in_heading, declared_on)
    return imported_kg_in_365_days * DAYS_OF_USE / within(since, 2 * DAYS_OF_USE, 365)


@signal(
    family="flow",
    asks="stock",
    says="This shipment is {value:.1f} months of the firm's imports of heading {hs4} "
    "({usual_kg_a_month:,.0f} kg a month in the past year)",
    unknown="No usual month is known: the firm imported nothing of heading {hs4} in the past year, "
    "or the goods are not imported",
    risk="rises",
    flags=("A004-4", "CEPR-ghost-trade"),
    sees=("T1", "T2"),
)
def months_of_usual_imports(imported_kg: Values, usual_kg_a_month: Values) -> Values:
    """How many months of the firm's usual imports of the heading the item holds."""
    return ratio(imported_kg, usual_kg_a_month)
