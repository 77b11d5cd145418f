"""The paths of the service, and who may ask for them."""

SCORES, MODEL, SIGNALS = "/v1/scores", "/v1/model", "/v1/signals"
DESK = "/desk"
ALIVE, READY, METRICS, DESCRIBED = "/healthz", "/readyz", "/metrics", "/openapi.json"

# The roles of which one is needed. Whoever may score may also read what scores rest on.
_NEEDED: dict[str, frozenset[str]] = {
    SCORES: frozenset({"score"}),
    MODEL: frozenset({"read", "score"}),
    SIGNALS: frozenset({"read", "score"}),
    DESCRIBED: frozenset({"read", "score"}),
    METRICS: frozenset({"metrics"}),
}

# A load balancer asks the first two often, and has no key; the desk asks itself who comes.
OPEN = frozenset({ALIVE, READY, DESK})

# What is asked for seldom and is cheap: it must go through when all else waits.
UNLIMITED = OPEN | {METRICS}

OTHER = "other"


def route_of(path: str) -> str:
    """A path as logs and counts name it: one of a few, whatever a caller asks for."""
    if path == DESK or path.startswith(f"{DESK}/"):
        return DESK
    return path if path in OPEN or path in _NEEDED else OTHER


def roles_for(route: str) -> frozenset[str]:
    """The roles of which one is needed; none where any key will do."""
    return _NEEDED.get(route, frozenset())
