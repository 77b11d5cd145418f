"""The four tables of shiprisk, column by column."""

import math
from dataclasses import dataclass

from .codes import INCOTERMS


@dataclass(frozen=True)
class Column:
    """One column: its kind decides what a cell may hold (see kinds.py)."""

    name: str
    kind: str
    meaning: str
    unit: str = ""
    box: str = ""
    required: bool = False
    choices: tuple[str, ...] = ()
    most: float = math.inf


@dataclass(frozen=True)
class Table:
    """A table: its key, its own columns and those of other tables that it may carry inline.

    after: a column of days, and a column of months that are over by then.
    """

    name: str
    meaning: str
    key: tuple[str, ...]
    columns: tuple[Column, ...]
    inline: tuple[Column, ...] = ()
    after: tuple[str, str] | None = None

    @property
    def every_column(self) -> tuple[Column, ...]:
        """The columns of the table, then those that it may carry inline."""
        return self.columns + self.inline

    @property
    def names(self) -> tuple[str, ...]:
        """The names of every column."""
        return tuple(one.name for one in self.every_column)

    def column(self, name: str) -> Column:
        """The column of that name."""
        return self.every_column[self.names.index(name)]


DIRECTIONS = ("import", "onward", "export", "transit")
# UN/ECE Recommendation 19: one digit for the way in which goods cross the border.
MODES = tuple("0123456789")
FINDINGS = ("diversion", "misdeclared goods", "undervaluation", "papers", "none")
SELECTIONS = ("model", "rule", "random", "tip")

FLOWS = ("export", "import")

HEAVIEST_KG = 1e9
DEAREST_USD = 1e11

# When a month's figures count as known where the table does not say it.
PUBLISHED_AFTER_DAYS = 75

# What a firm register knows. A caller without a register can put these on each declaration.
REGISTER_COLUMNS = (
    Column("registered_on", "date", "Day on which the firm was entered in the register"),
    Column("legal_form", "id", "Legal form of the firm, such as TOO or AO"),
    Column("activity_code", "id", "Main line of business of the firm, OKED or NACE"),
    Column("address_id", "id", "Registered address, as one identifier shared by its firms"),
    Column("owner_nationalities", "owners", "Countries of the owners with the share of each"),
    Column("director_id", "id", "Director, as one identifier shared by the director's firms"),
    Column(
        "trader_name", "name", "Name of the firm, in any of the alphabets that it uses", "", "8, 2"
    ),
)

DECLARATIONS = Table(
    "declarations",
    "One row for each goods item of a customs declaration or of a waybill for onward movement.",
    ("declaration_id", "item_number"),
    (
        Column("declaration_id", "id", "Number of the declaration or waybill", "", "A", True),
        Column(
            "item_number", "position", "Place of the goods item in it", "", "32", True, most=1e6
        ),
        Column("declared_on", "past date", "Day of registration", "", "A", True),
        Column(
            "direction", "one of", "Which leg the goods are on", "", "1", True, choices=DIRECTIONS
        ),
        Column("procedure", "procedure", "Customs procedure, in the EAEU such as 40", "", "37"),
        Column("customs_office", "id", "Office where the declaration was lodged", "", "A"),
        Column("border_office", "id", "Office where the goods cross the border", "", "29"),
        Column("declarant_id", "id", "Who files: a customs broker or the trader", "", "14/54"),
        Column(
            "trader_id",
            "id",
            "Resident firm: consignee inwards, consignor outwards",
            "",
            "8, 2",
            True,
        ),
        Column(
            "partner_id", "id", "Foreign party: consignor inwards, consignee outwards", "", "2, 8"
        ),
        Column("partner_name", "name", "Name of the foreign party", "", "2, 8"),
        Column("partner_country", "country", "Country of the foreign party", "", "2, 8"),
        Column("hs_code", "HS code", "Commodity code as declared here", "", "33", True),
        Column(
            "previous_hs_code",
            "HS code",
            "Commodity code on the document before this one",
            "",
            "40",
        ),
        Column("description", "text", "The goods in words", "", "31"),
        Column("country_of_origin", "country", "Where the goods were made", "", "34"),
        Column("country_of_dispatch", "country", "Where the goods were sent from", "", "15"),
        Column("country_of_destination", "country", "Where the goods are going", "", "17"),
        Column("trading_country", "country", "Country of the contract partner or payer", "", "11"),
        Column("transit_countries", "countries", "Countries on the way, in order", "", "18/21/29"),
        Column(
            "mode_of_transport",
            "one of",
            "1 sea, 2 rail, 3 road, 4 air, 5 mail, 7 fixed, 8 river",
            "",
            "25",
            choices=MODES,
        ),
        Column("net_mass_kg", "quantity", "Mass without packing", "kg", "38", most=HEAVIEST_KG),
        Column("gross_mass_kg", "quantity", "Mass with packing", "kg", "35", most=HEAVIEST_KG),
        Column("packages", "count", "Number of packages", "", "31", most=1e9),
        Column(
            "supplementary_quantity",
            "quantity",
            "Amount in the supplementary unit",
            "",
            "41",
            most=1e12,
        ),
        Column("supplementary_unit", "id", "Unit of that amount, such as pieces", "", "41"),
        Column(
            "customs_value_usd",
            "quantity",
            "Value as declared, never as corrected later",
            "USD",
            "45/46",
            most=DEAREST_USD,
        ),
        Column("incoterms", "one of", "Terms of delivery", "", "20", choices=INCOTERMS),
        Column("currency", "currency", "Currency of the invoice", "", "22"),
        Column("amendments", "count", "Changes to the declaration before release", most=1e6),
    ),
    REGISTER_COLUMNS,
)

TRADERS = Table(
    "traders",
    "The firm register as it was known on a day; a firm can have several versions.",
    ("trader_id", "known_from"),
    (
        Column("trader_id", "id", "The firm", required=True),
        *REGISTER_COLUMNS,
        Column("known_from", "past date", "Day on which this version became known", required=True),
    ),
)

INSPECTIONS = Table(
    "inspections",
    "Outcomes: known later than the declaration, and only for what was inspected.",
    ("declaration_id", "item_number"),
    (
        Column("declaration_id", "id", "Number of the inspected declaration", required=True),
        Column("item_number", "position", "Inspected goods item", required=True, most=1e6),
        Column("known_on", "past date", "Day on which the outcome was known", required=True),
        Column("violation", "yes/no", "Whether a violation was confirmed", required=True),
        Column("kind", "one of", "What was found", choices=FINDINGS),
        Column("selected_by", "one of", "What chose the item for inspection", choices=SELECTIONS),
        Column("selection_probability", "share", "Chance of being chosen by what is named", most=1),
    ),
)

TRADE_STATISTICS = Table(
    "trade_statistics",
    "Optional: monthly trade as countries publish it. Exports of partners to the country of the "
    "records are held against what was recorded as arriving (mirror statistics): in the "
    "declarations, or, once the table has imports that the country itself reports, in these. "
    "Without them the declarations must be the whole country's. Of several publications of one "
    "figure the first counts.",
    ("reporter", "partner", "flow", "month", "hs_code"),
    (
        Column("reporter", "country", "Country that reports", required=True),
        Column("partner", "country", "Country it traded with", required=True),
        Column("flow", "one of", "What the reporter did", required=True, choices=FLOWS),
        Column("month", "month", "Month of the trade", required=True),
        Column("hs_code", "HS code", "Commodity code; six digits are used", required=True),
        Column("net_mass_kg", "quantity", "Mass of the month", "kg", most=1e11),
        Column("value_usd", "quantity", "Value of the month", "USD", most=DEAREST_USD),
        Column(
            "published_on",
            "past date",
            "Day on which the figure was published, after the month; where it is not given, "
            f"{PUBLISHED_AFTER_DAYS} days after the month's end",
        ),
    ),
    after=("published_on", "month"),
)

LISTED_PARTIES = Table(
    "listed_parties",
    "Parties on a list that the user chose, such as sanctions lists; none comes with shiprisk.",
    ("id",),
    (
        Column("id", "id", "The entry, as the list calls it", required=True),
        Column("name", "name", "Name of the party", required=True),
        Column("aliases", "names", "Its other names, several separated by a semicolon"),
        Column("countries", "countries", "Countries of the party, in any order"),
        Column("identifiers", "names", "Numbers that `trader_id` or `partner_id` may hold as well"),
        Column("listed_on", "date", "Day on which the listing was known; without it, always"),
        Column("schema", "id", "What it is, such as Company or Person; a Vessel is not matched"),
    ),
)
