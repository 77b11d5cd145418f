"""The signals, one module per family or part of one. A new function in one is a new signal."""

from . import (
    broker,
    conduct,
    facts,
    firm,
    flow,
    goods,
    market,
    onward,
    outcomes,
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
    facts, goods, firm, owner, route, waypoints, usual_ways, transit, price, flow, market,
    sanctioning, onward, broker, conduct, outcomes,
)  # fmt: skip
