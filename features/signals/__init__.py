"""The signals, one module per topic. A new function in one of them is a new signal."""

from . import (
    broker,
    conduct,
    conduct_papers,
    conduct_partner,
    conduct_splitting,
    facts,
    firm,
    flow,
    goods,
    goods_lists,
    goods_mix,
    goods_words,
    outcomes,
    owner,
    price,
    price_measures,
    price_own,
    price_round,
    route,
)

# The order in which families are listed to people.
MODULES = (
    facts, goods, goods_lists, goods_mix, goods_words, firm, owner, route,
    price, price_measures, price_own, price_round, flow, broker,
    conduct, conduct_partner, conduct_splitting, conduct_papers, outcomes,
)  # fmt: skip
