"""How networks answer: to being found, to a crackdown, to a longer list."""

import numpy as np

from .columns import Columns, count, taken
from .countries import number
from .draw import Array, Generator, chance, stream
from .goods import column
from .networks import Networks
from .scenario import Shock
from .typology import NAMES

LEAST_BOLD = 0.08


def learn(networks: Networks, month: int, found: Columns) -> None:
    """Answer to the findings of a month, and forget channels that have ended.

    found: the rows in which inspection found something; evaders know it at once, weeks before
    the record does.
    """
    if not networks.channels:
        return
    rng = stream(networks.economy.seed, "learn", month)
    first, last = networks.economy.calendar.months[month]
    own = taken(found, found["operation"] >= 0)
    _answer_findings(networks, rng, taken(own, _firsts(own["operation"])), last)
    for shock in networks.scenario.shocks:
        if first <= shock.day <= last:
            _answer_shock(networks, rng, shock, last)
    _answer_list(networks, first, last)
    forgets = networks.scenario.adaptation.forgets
    networks.liking = networks.liking + forgets * (networks.usual - networks.liking)
    networks.channels = taken(networks.channels, networks.channels["last"] > last)
    _let_go(networks, rng, last)


def _answer_findings(networks: Networks, rng: Generator, found: Columns, last: int) -> None:
    """Found channels end, firms are burned, and each network turns to another way.

    found: one row for each channel.
    """
    ways = networks.scenario.adaptation
    ends = found["operation"][chance(rng, ways.channel_ends, count(found))]
    own = np.unique(found["firm"][networks.of_firm[found["firm"]] >= 0])
    lost = own[chance(rng, ways.firm_burned, len(own))]
    networks.burned[lost] = True
    # A burned firm's cover trade fades, its evasion stops at once.
    of_lost, evasive = np.isin(networks.channels["firm"], lost), networks.channels["operation"] >= 0
    fades = last + np.where(evasive, 0, rng.integers(0, 75, count(networks.channels)))
    stops = np.isin(networks.channels["operation"], ends) | of_lost
    closing = networks.channels["last"]
    networks.channels["last"] = np.where(stops, np.minimum(closing, fades), closing).astype(
        np.int32
    )
    for network, typology in zip(found["network"], found["typology"], strict=True):
        _turn(networks, rng, int(network), NAMES[typology], last)


def _turn(networks: Networks, rng: Generator, network: int, typology: str, last: int) -> None:
    """A network that was found: another way, more modest, after a pause, at times elsewhere."""
    ways = networks.scenario.adaptation
    networks.liking[network, networks.names.index(typology)] *= ways.turns_away
    networks.greed[network] *= ways.shyer
    networks.boldness[network] = max(networks.boldness[network] * ways.shyer, LEAST_BOLD)
    networks.quiet_until[network] = last + rng.integers(0, ways.lies_low_days + 1)
    if rng.random() < ways.hub_changes:
        networks.hub[network] = networks.open_hubs(rng, 1, last)[0]


def _answer_shock(networks: Networks, rng: Generator, shock: Shock, last: int) -> None:
    """After a crackdown the watched hubs are left; a new hub draws some of the others."""
    ways, size = networks.scenario.adaptation, len(networks.hub)
    moves = chance(rng, 0.25, size)
    if shock.kind == "crackdown":
        obeys = chance(rng, ways.crackdown_obeys, size)
        moves = np.isin(networks.hub, number(shock.hubs)) & obeys
        pause = rng.integers(0, ways.crackdown_quiet_days + 1, size)
        networks.quiet_until = np.where(moves, shock.day + pause, networks.quiet_until)
        _leave_hubs(networks, rng, shock)
    networks.hub = np.where(moves, networks.open_hubs(rng, size, last), networks.hub)


def _leave_hubs(networks: Networks, rng: Generator, shock: Shock) -> None:
    """Channels through watched hubs end within weeks; new ones will take another."""
    last = networks.channels["last"]
    left = np.isin(networks.channels["dispatch"], number(shock.hubs))
    left &= networks.channels["operation"] >= 0
    left &= chance(rng, networks.scenario.adaptation.crackdown_obeys, len(left))
    ends = shock.day + rng.integers(0, 45, len(left))
    networks.channels["last"] = np.where(left, np.minimum(last, ends), last).astype(np.int32)


def _answer_list(networks: Networks, first: int, last: int) -> None:
    """Whose goods come on the list hides them more, under other codes."""
    since = column("listed_from")
    fresh = np.flatnonzero((since >= first) & (since <= last))
    touched = np.isin(networks.basket, fresh).any(axis=1)
    ways = [networks.scenario.typologies[name].declares for name in networks.names]
    hides = np.flatnonzero(np.isin(ways, ("cover", "neighbour")))
    networks.liking[np.ix_(touched, hides)] *= networks.scenario.adaptation.hides_when_listed


def _let_go(networks: Networks, rng: Generator, last: int) -> None:
    """Cover trade of firms that divert nothing any more fades within months."""
    firm, evasive = networks.channels["firm"], networks.channels["operation"] >= 0
    idle = ~np.isin(firm, firm[evasive]) & ~evasive
    fades = last + rng.integers(30, 240, len(firm))
    closing = networks.channels["last"]
    networks.channels["last"] = np.where(idle, np.minimum(closing, fades), closing).astype(np.int32)


def _firsts(values: Array) -> Array:
    """Where each value comes first."""
    return np.unique(values, return_index=True)[1]
