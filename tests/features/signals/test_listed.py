"""Links to listed parties in words: what a reviewer reads of them."""

from typing import Any

import pandas as pd

from shiprisk.features import (
    LISTED_PARTIES,
    NODES,
    RED_FLAGS,
    SIGNALS,
    TRADERS,
    Block,
    History,
    Signal,
    validated,
)
from shiprisk.serving import Wording
from tests.factory import declaration, trader

BY_NAME = {signal.name: signal for signal in SIGNALS}
HOPS, LIKENESS = BY_NAME["hops_to_listed_party"], BY_NAME["listed_name_likeness"]


def history() -> History:
    listed = [
        {"id": "L-7", "name": "Arkot Trading LLC", "identifiers": "TR-998877"},
        {"id": "L-8", "name": "Laris Motors", "countries": "TR"},
    ]
    traded = declaration(declared_on="2023-01-10", trader_id="other", partner_name="Laris Motors")
    register = [
        trader(trader_id=firm, director_id="P-1", address_id=firm, trader_name=None)
        for firm in ("own", "other")
    ]
    return History(NODES).extended(
        validated(pd.DataFrame([traded])).accepted,
        traders=validated(pd.DataFrame(register), TRADERS).accepted,
        listed_parties=validated(pd.DataFrame(listed), LISTED_PARTIES).accepted,
    )


def asked(**edits: Any) -> Block:
    record = declaration(trader_id="own", partner_id=None, declared_on="2023-02-01")
    return history().block(validated(pd.DataFrame([record | edits])).accepted)


def told(signal: Signal, **edits: Any) -> str:
    sentence, _ = Wording(signal).one(asked(**edits))
    return sentence


def stands(**edits: Any) -> bool:
    """Whether the red flag of ties to listed parties stands."""
    return bool(asked(**edits)[RED_FLAGS["A003-listed-parties"].stands][0])


def test_it_names_the_entry_its_id_and_what_it_has_in_common() -> None:
    same = told(HOPS, partner_name="ООО «Аркот Трейдинг»", partner_country=None)
    assert "the partner" in same
    assert "Arkot Trading LLC (L-7)" in same
    assert "% alike" in same
    assert "by its identifier" in told(HOPS, partner_id="TR-998877")
    assert "the firm is taken for Laris Motors (L-8)" in told(
        HOPS, trader_name="Laris Motors", direction="transit"
    )


def test_it_says_by_which_way_a_listed_party_is_reached() -> None:
    assert "the firm has traded with Laris Motors (L-8)" in told(HOPS, trader_id="other")
    further = told(HOPS)
    assert further.startswith("Steps to a listed party: 2")
    assert "a firm with the same director has traded with Laris Motors (L-8)" in further


def test_the_flag_stands_where_a_tie_is_known_and_not_for_a_name_that_is_only_alike() -> None:
    assert stands(partner_name="Arkot Trading")
    assert stands()
    alike = {"trader_id": "nobody", "partner_name": "Lari Motor", "partner_country": "TR"}
    assert "is 91% like" in told(LIKENESS, **alike)
    assert not stands(**alike)


def test_each_sentence_on_a_match_says_that_it_is_no_proof() -> None:
    for sentence in (
        told(HOPS),
        told(HOPS, partner_name="Arkot Trading"),
        told(LIKENESS, partner_name="Arkot Trading"),
    ):
        assert "no proof" in sentence


def test_nothing_alike_reads_as_that() -> None:
    assert told(LIKENESS, partner_name="Zarya Foods").startswith("Neither")
    assert told(LIKENESS).startswith("No name")
    assert told(HOPS, trader_id="nobody").startswith("No listed party")


def test_the_closer_of_both_names_is_told() -> None:
    sentence = told(LIKENESS, partner_name="Arcot Trading", trader_name="Laris Motors")
    assert "the partner's is like Arkot Trading LLC (L-7)" in sentence
    other = told(LIKENESS, partner_name="Arcott Tradin", trader_name="Laris Motors")
    assert "the firm's is like Laris Motors (L-8)" in other


def test_the_nearer_the_listed_party_and_the_more_alike_the_name_the_higher_the_risk() -> None:
    assert (HOPS.direction, LIKENESS.direction) == (-1, 1)
    assert not HOPS.sensitive
    assert not LIKENESS.sensitive
