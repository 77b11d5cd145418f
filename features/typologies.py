"""The eleven ways in which goods are diverted, and what no signal can see of them."""

from typing import NamedTuple


class Typology(NamedTuple):
    """One way of diverting goods."""

    name: str
    looks: str


TYPOLOGIES = {
    "T1": Typology(
        "Shell surge",
        "A firm founded for the purpose buys listed goods from its first weeks and passes them on.",
    ),
    "T2": Typology(
        "Ghost trade",
        "The named buyer has no use for the goods; the stock is neither used nor sent on by paper, "
        "or is gone in days.",
    ),
    "T3": Typology(
        "Misdeclared goods",
        "Words, value and mass do not belong to the code: the truck holds something else.",
    ),
    "T4": Typology(
        "HS change",
        "The code differs from that on the paper before, often to leave a listed heading, or the "
        "firm turns to goods it never traded.",
    ),
    "T5": Typology(
        "Transit diversion",
        "Transit to a country beyond the country of concern goes in and does not come out.",
    ),
    "T6": Typology(
        "Cannibalised consumer goods",
        "Appliances and cars come in at usual prices, more than the country can use, and go on.",
    ),
    "T7": Typology(
        "Rerouting",
        "After a crackdown the same goods come by another hub, another way and other suppliers.",
    ),
    "T8": Typology(
        "Complicit broker or post",
        "A few declarants or offices carry too much of the risky trade; what a post finds may be "
        "too clean.",
    ),
    "T9": Typology(
        "Overpaying",
        "The buyer pays clearly more than others do for such goods.",
    ),
    "T10": Typology(
        "Splitting",
        "One order arrives as several small ones within days, each below a threshold.",
    ),
    "T11": Typology(
        "Macro excess",
        "The whole country's imports of sanctioned goods outgrow those of other goods.",
    ),
}

UNSEEN = (
    "What passes without a record: shuttle trade in suitcases, cars and trucks over a border "
    "without checks. That a stock never left by paper can be seen; what never had a paper "
    "shows at most in what partners publish, by goods and country, and in no shipment.",
    "Goods whose papers all agree, imported in usual amounts at usual prices by an old, ordinary "
    "firm. Nothing sets them apart; only a tip or inspection at random finds them.",
    "What happens inside the country after arrival: goods resold without an onward record look "
    "like goods in use, until the stock has been silent for half a year.",
    "Goods, words or ways that nobody declared before: nothing can be compared with them, and that "
    "they are new is all that can be said.",
    "Officials who write the record themselves. Signals compare offices with each other; a post "
    "that falsifies papers and outcomes alike, or all posts together, pass as clean.",
    "Who is behind an owner on paper: nominees, holdings abroad, relatives. Only what the register "
    "says is known.",
    "Parties on a list that was not supplied; parties under another name than those on it, or "
    "behind an owner or a ship. Ties to a foreign state are on no list.",
    "How the goods are paid for: bank transfers, cash and offsetting are in no declaration.",
    "What a source does not record. A signal whose columns are missing is lost, and a risk without "
    "it is not lower, only less well known; every score lists what was missing.",
)
