"""Published figures held against what was recorded as arriving in the same months.

A month of a partner is open from the day on which the partner first publishes figures of it. On
that day all that was recorded as arriving from there in the month enters beside them, also goods
of which nothing was reported. So both sums are always of the same months, whatever the lag.
"""

import numpy as np
import pandas as pd

from ..columns import each_text
from ..lists import as_hs2022, listed_since, priority_list_days
from ..values import DAY

SENT_KG, ARRIVED_KG, REPORTS, SENT_USD, LISTED_USD, MONTHS = AMOUNTS = tuple(
    f"trade_statistics.{name}"
    for name in ("sent_kg", "arrived_kg", "reports", "sent_usd", "listed_usd", "months")
)

_WAY = ["country_of_dispatch", "country_of_destination", "month"]
_MONTH_OF = ["country_of_destination", "month"]


def compared(figures: pd.DataFrame, arrivals: pd.DataFrame) -> pd.DataFrame:
    """Rows with the columns of declarations, the day on which each became known, and AMOUNTS.

    figures: of the table. arrivals: `kg` that declarations imported, by goods, way and month.
    """
    exports = _of_flow(figures, "export", "country_of_dispatch", "country_of_destination")
    imports = _of_flow(figures, "import", "country_of_destination", "country_of_dispatch")
    weighed, told = exports[exports["kg"].notna()], imports[imports["kg"].notna()]
    own, nation = _months_opened(weighed, told)
    sent = [
        weighed.merge(own, on=_WAY),
        _not_before(weighed.merge(nation, on=_WAY), "told_on"),
    ]
    arrived = [
        arrivals.merge(own, on=_WAY).assign(published_on=lambda rows: rows["opened"]),
        _not_before(told.merge(nation, on=_WAY), "opened"),
    ]
    return pd.concat(
        [
            *(rows.assign(**{SENT_KG: rows["kg"], REPORTS: 1.0}) for rows in sent),
            *(rows.assign(**{ARRIVED_KG: rows["kg"]}) for rows in arrived),
            exports.assign(**{SENT_USD: exports["usd"]}),
            *_listed(exports),
            _months(exports),
        ],
        ignore_index=True,
    )


def _months_opened(weighed: pd.DataFrame, told: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """When the months of each partner opened: those held against declarations, and the others.

    The others are held against imports that the country itself publishes, from the first such
    publication on, and also have the day on which it published the month (`told_on`).
    """
    opened = weighed.groupby(_WAY)["published_on"].min().rename("opened").reset_index()
    told_on = told.groupby(_MONTH_OF)["published_on"].min().rename("told_on").reset_index()
    first = told_on.groupby("country_of_destination")["told_on"].min()
    later = opened["opened"] >= first.reindex(opened["country_of_destination"]).to_numpy()
    return opened[~later], opened[later].merge(told_on, on=_MONTH_OF)


def _of_flow(figures: pd.DataFrame, flow: str, reporter: str, partner: str) -> pd.DataFrame:
    """The figures of one flow, from the country of dispatch to that of destination."""
    names = {"reporter": reporter, "partner": partner, "net_mass_kg": "kg", "value_usd": "usd"}
    return figures[figures["flow"] == flow].rename(columns=names)


def _not_before(rows: pd.DataFrame, other: str) -> pd.DataFrame:
    """Figures that wait for the other side of the comparison to be published."""
    return rows.assign(published_on=rows[["published_on", other]].max(axis=1))


def _listed(exports: pd.DataFrame) -> list[pd.DataFrame]:
    """For each version of the priority list, the exports of goods on it, dated by the version."""
    codes = each_text(exports["hs_code"].to_numpy(dtype=object), lambda code: as_hs2022(code[:6]))
    since = each_text(codes, listed_since, DAY)
    return [
        exports[since <= version].assign(
            declared_on=version.astype("datetime64[s]"), **{LISTED_USD: exports["usd"]}
        )
        for version in priority_list_days()
    ]


def _months(exports: pd.DataFrame) -> pd.DataFrame:
    """A row for each month of which anything was published, on the first day of that."""
    first = exports.groupby(_MONTH_OF, as_index=False)["published_on"].min()
    return first.assign(**{MONTHS: np.ones(len(first))})
