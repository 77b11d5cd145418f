"""The signals, one module per topic. A new function in one of them is a new signal."""

from . import (
    broker,
    conduct,
    conduct_papers,
    conduct_partner,
    conduct_splitting,
    facts,
    firm,
    firm_listed,
    firm_ties,
    flow,
    goods,
    goods_lists,
    goods_mix,
    goods_words,
    market,
    onward,
    outcomes,
    outcomes_like,
    outcomes_parties,
    outcomes_recency,
    outcomes_ties,
    owner,
    price,
    price_measures,
    price_own,
    price_round,
    route,
    sanctioning,
    transit,
    usual_ways,
    waypoints,
)

# The order in which families are listed to people.
MODULES = (
    facts, goods, goods_lists, goods_mix, goods_words,
    firm, firm_listed, firm_ties, owner, route, waypoints, usual_ways, transit,
    price, price_measures, price_own, price_round, flow, market, sanctioning, onward, broker,
    conduct, conduct_papers, conduct_partner, conduct_splitting,
    outcomes, outcomes_parties, outcomes_ties, outcomes_recency, outcomes_like,
)  # fmt: skip
