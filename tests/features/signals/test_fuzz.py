"""Whatever passes validation, however odd, gets a number or none from every signal; it never fails.

The same record fuzzed into the past must not break it either.
"""

from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from shiprisk.features import NODES, SIGNALS, History, Records, signal_matrix, validated
from shiprisk.serving import Wording
from shiprisk.training import Past
from tests.factory import declaration, trader

NAMES = tuple(signal.name for signal in SIGNALS)

text = st.one_of(st.none(), st.text(max_size=40), st.sampled_from(["", "0", "nan", "NULL", "{x}"]))
country = st.sampled_from(["KZ", "RU", "TR", "kz", "XK", "ZZ", "", None])
number = st.one_of(
    st.none(),
    st.floats(0, 1e12, allow_subnormal=True),
    st.sampled_from([0.0, 5e-324, 1e-300, 1e-9, 1.0, 999.99, 1e9, "1e5", float("nan")]),
)
code = st.one_of(st.sampled_from(["000000", "999999", "8542310000", "854231"]), text)
odd_fields: dict[str, st.SearchStrategy[Any]] = {
    "declared_on": st.sampled_from(["1990-01-01", "2015-06-30", "2022-02-24", "2024-12-31"]),
    "direction": st.sampled_from(["import", "onward", "export", "transit"]),
    "customs_office": text, "border_office": text, "declarant_id": text, "trader_id": text,
    "partner_id": text, "partner_country": country, "hs_code": code, "previous_hs_code": code,
    "description": text, "country_of_origin": country, "country_of_dispatch": country,
    "country_of_destination": country, "trading_country": country,
    "transit_countries": st.sampled_from(["", "RU", "RU RU BY", "GE AZ", None]),
    "mode_of_transport": st.sampled_from(["3", "5", "9", "", None]),
    "net_mass_kg": number, "gross_mass_kg": number, "packages": number, "amendments": number,
    "supplementary_quantity": number, "supplementary_unit": text, "customs_value_usd": number,
    "registered_on": st.sampled_from(["1700-01-01", "2024-12-31", "2030-01-01", None]),
    "activity_code": text, "address_id": text, "director_id": text,
    "owner_nationalities": st.sampled_from(["KZ:1", "RU:0.5 KZ:0.5", "ru:100", "KZ:0", "", None]),
}  # fmt: skip
records = st.lists(st.fixed_dictionaries({}, optional=odd_fields), min_size=1, max_size=6)


@pytest.fixture(scope="module")
def history(records: Records) -> History:
    return Past.of(records).history()


def frame_of(edits: list[dict[str, Any]]) -> pd.DataFrame:
    made = [declaration(declaration_id=f"F{at}", **edit) for at, edit in enumerate(edits)]
    return validated(pd.DataFrame(made)).accepted


@given(edits=records)
@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_an_odd_record_never_breaks_a_signal(history: History, edits: list[dict[str, Any]]) -> None:
    frame = frame_of(edits)
    if not len(frame):
        return
    block = history.block(frame)
    matrix = signal_matrix(block, NAMES)
    assert not np.isinf(matrix).any(), [NAMES[at] for at in np.flatnonzero(np.isinf(matrix).any(0))]
    for signal in SIGNALS:
        assert all(Wording(signal).each(block, np.arange(len(frame))).sentences)


@given(edits=records)
@settings(max_examples=25, deadline=None)
def test_an_odd_past_never_breaks_a_signal(edits: list[dict[str, Any]]) -> None:
    frame = frame_of(edits)
    if not len(frame):
        return
    inspected = frame.assign(known_on=frame["declared_on"], violation=True)
    traders = pd.DataFrame([trader(trader_id=name) for name in set(frame["trader_id"])])
    traders["known_from"] = pd.to_datetime(traders["known_from"]).astype("datetime64[s]")
    traders["registered_on"] = pd.to_datetime(traders["registered_on"]).astype("datetime64[s]")
    later = frame_of([{"declared_on": "2025-01-01"} | edit for edit in edits])
    history = History(NODES).extended(frame, inspected, traders)
    for asked in (frame, later):
        if len(asked):
            assert not np.isinf(signal_matrix(history.block(asked), NAMES)).any()
