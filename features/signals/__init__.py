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
    outcomes,
    outcomes_like,
    outcomes_parties,
    outcomes_recency,
    outcomes_ties,
    owner,
    price,
    route,
)

# The order in which families are listed to people.
MODULES = (
    facts, goods, firm, firm_listed, firm_ties, owner, route, price, flow, broker, conduct,
    outcomes, outcomes_parties, outcomes_ties, outcomes_recency, outcomes_like,
)  # fmt: skip
