"""The signals, one module per topic. A new function in one of them is a new signal."""

from . import (
    broker,
    conduct,
    facts,
    firm,
    firm_listed,
    firm_ties,
    flow,
    goods,
    market,
    onward,
    outcomes,
    outcomes_like,
    outcomes_parties,
    outcomes_recency,
    outcomes_ties,
    owner,
    price,
    route,
    sanctioning,
    transit,
    usual_ways,
    waypoints,
)

# The order in which families are listed to people.
MODULES = (
    facts, goods, firm, firm_listed, firm_ties, owner, route, waypoints, usual_ways, transit,
    price, flow, market, sanctioning, onward, broker, conduct,
    outcomes, outcomes_parties, outcomes_ties, outcomes_recency, outcomes_like,
)  # fmt: skip
