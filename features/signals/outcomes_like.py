"""Whether outcomes at an office or of a declarant are too clean, or too many, for their goods.

Priority goods are compared with priority goods and all others with all others, so that an office
through which more of them pass is not expected to find as little as the rest.
"""

from ..arrays import log_positive, only_where, ratio, smoothed
from ..declare import fact, signal
from ..values import Values, known, where
from .counting import OF_GOODS, hits, inspected, where_known

inspected_of_like, hits_of_like = inspected("kind_of_goods"), hits("kind_of_goods")
inspected_of_like_at_office = inspected("customs_office", "kind_of_goods")
hits_of_like_at_office = hits("customs_office", "kind_of_goods")
inspected_of_like_of_declarant = inspected("declarant_id", "kind_of_goods")
hits_of_like_of_declarant = hits("declarant_id", "kind_of_goods")


@fact
def kind_of_goods(listed_goods: Values) -> Values:
    """In words, whether the goods are on the priority list of the day."""
    kinds = where(listed_goods == 1, "priority goods", "goods not listed")
    return only_where(kinds, known(listed_goods))


@fact
def rate_at_other_offices(
    hits_of_like: Values,
    hits_of_like_at_office: Values,
    inspected_of_like: Values,
    inspected_of_like_at_office: Values,
) -> Values:
    """Hit rate of such goods at all other offices."""
    return ratio(
        hits_of_like - hits_of_like_at_office, inspected_of_like - inspected_of_like_at_office
    )


@fact
def rate_of_other_declarants(
    hits_of_like: Values,
    hits_of_like_of_declarant: Values,
    inspected_of_like: Values,
    inspected_of_like_of_declarant: Values,
) -> Values:
    """Hit rate of such goods in what all other declarants filed."""
    return ratio(
        hits_of_like - hits_of_like_of_declarant,
        inspected_of_like - inspected_of_like_of_declarant,
    )


@signal(
    family="outcomes",
    says="Of {inspected_of_like_at_office:.0f} inspected shipments of {kind_of_goods} at office "
    "{customs_office}, {hits_of_like_at_office:.0f} were violations; elsewhere "
    "{rate_at_other_offices:.0%}",
    unknown="No outcome of {kind_of_goods} is known at office {customs_office} and elsewhere",
    flags=("own-complicit-post",),
    sees=("T8",),
)
def office_finds_more_than_others(
    hits_of_like_at_office: Values,
    inspected_of_like_at_office: Values,
    rate_at_other_offices: Values,
) -> Values:
    """Log of the office's hit rate over that of other offices for such goods, smoothed.

    Far below 0 the outcomes are too clean: of a post that looks away, or of one that is honest.
    """
    return _log_excess(hits_of_like_at_office, inspected_of_like_at_office, rate_at_other_offices)


@signal(
    family="outcomes",
    says="Of {inspected_of_like_of_declarant:.0f} inspected shipments of {kind_of_goods} that the "
    "declarant filed, {hits_of_like_of_declarant:.0f} were violations; of others' "
    "{rate_of_other_declarants:.0%}",
    unknown="No outcome of {kind_of_goods} is known of the declarant and of others",
    flags=("S-broker",),
    sees=("T8",),
)
def declarant_found_more_than_others(
    hits_of_like_of_declarant: Values,
    inspected_of_like_of_declarant: Values,
    rate_of_other_declarants: Values,
) -> Values:
    """Log of the hit rate in the declarant's filings over others' for such goods, smoothed."""
    return _log_excess(
        hits_of_like_of_declarant, inspected_of_like_of_declarant, rate_of_other_declarants
    )


def _log_excess(found: Values, looked_at: Values, elsewhere: Values) -> Values:
    """Log of a smoothed rate over the rate elsewhere; missing where nothing was found elsewhere."""
    excess = log_positive(ratio(smoothed(found, looked_at, elsewhere, OF_GOODS), elsewhere))
    return where_known(excess, looked_at)
