"""The signals, one module per family. A new function in one of them is a new signal."""

from . import broker, conduct, facts, firm, flow, goods, outcomes, owner, price, route

# The order in which families are listed to people.
MODULES = (facts, goods, firm, owner, route, price, flow, broker, conduct, outcomes)
