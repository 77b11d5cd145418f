"""Groups of shipments in which a model is measured apart."""

from collections.abc import Iterator

import numpy as np

from shiprisk.features import listed_since, tier

from ..evidence import Evidence
from .judged import Judged

GOODS_ROUTE = ["hs_code", "country_of_origin", "country_of_dispatch"]

# The countries of dispatch with the most shipments that are shown apart.
MOST_HUBS = 8


def groups_of(
    judged: Judged, signals: tuple[str, ...], past: Evidence, starts: tuple[np.datetime64, ...]
) -> dict[str, np.ndarray]:
    """Masks by name; what a fold's model could have seen before its first day is not new."""
    found = {"all": np.ones(len(judged.risk), dtype=bool)}
    for name, by in (("traders", ["trader_id"]), ("goods_route", GOODS_ROUTE)):
        if past.tells_new(by):
            found[f"{name}_never_seen"] = never_seen(judged, past, starts, by)
    new = np.isnan(judged.signal("identical_hit_rate", signals))
    if not new.all():
        found |= {"repeats": ~new, "not_repeats": new}
    return found | dict(_tiers(judged)) | dict(_hubs(judged)) | dict(_months(judged))


def never_seen(
    judged: Judged, past: Evidence, starts: tuple[np.datetime64, ...], by: list[str]
) -> np.ndarray:
    """Whether the key of each shipment occurs in no declaration before its fold."""
    new = np.ones(len(judged.risk), dtype=bool)
    for fold, start in enumerate(starts):
        rows = judged.fold == fold
        new[rows] = ~past.seen_before(judged.records[rows], by, start)
    return new


def _tiers(judged: Judged) -> Iterator[tuple[str, np.ndarray]]:
    """By tier of the priority list, if the goods were on it on the day."""
    hs6 = judged.records["hs_code"].str[:6]
    known = hs6.unique()
    since = hs6.map({code: listed_since(code) for code in known}).to_numpy("datetime64[D]")
    tiers = hs6.map({code: tier(code) for code in known}).to_numpy()
    on_list = judged.days >= since  # never true of NaT
    for number in (1, 2, 3, 4):
        yield f"tier_{number}", on_list & (tiers == number)
    yield "not_listed", ~on_list


def _hubs(judged: Judged) -> Iterator[tuple[str, np.ndarray]]:
    """By country of dispatch, for those that most shipments came from."""
    if "country_of_dispatch" in judged.records:
        dispatch = judged.records["country_of_dispatch"]
        for country in dispatch.value_counts().index[:MOST_HUBS]:
            yield f"from_{country}", (dispatch == country).to_numpy(dtype=bool, na_value=False)


def _months(judged: Judged) -> Iterator[tuple[str, np.ndarray]]:
    months = judged.days.astype("datetime64[M]")
    for month in np.unique(months):
        yield f"month_{month}", months == month
