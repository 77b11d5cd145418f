"""Texts by key, in the languages of those who read."""

import copy
import re
from typing import Any

import numpy as np
import pandas as pd
import pytest

from shiprisk.features import DECLARATIONS, DOCUMENTS, RED_FLAGS, SIGNALS
from shiprisk.serving import Scorer
from shiprisk.serving.sentences import kind_of, mentioned, templates
from shiprisk.serving.words import LANGUAGES, Words
from shiprisk.training import Trained

OTHERS = [language for language in LANGUAGES if language != "en"]
NO_BREAK = "\N{NO-BREAK SPACE}"

# English that a sentence in another language may not keep, whatever its evidence is.
ENGLISH = re.compile(
    r"\b(the|an|is|of|and|no|not|none|unknown|firm|partner|goods|its|same|heading|listed|like|"
    r"priority|mode|chapter|procedure|import|export|onward|transit|declaration|days)\b"
)
# Evidence that people wrote, in whatever language, and names of cells.
AS_WRITTEN = ("words_compared", "brand_named", "cells_left_empty")


@pytest.fixture(scope="module")
def reasons(scorer: Scorer, trained: Trained) -> list[dict[str, Any]]:
    """All reasons of some scored declarations."""
    scores = scorer.score_validated(trained.past.declarations.iloc[-2_000::20], None)
    return [reason for found in scores["reasons"] for reason in found]


def test_a_language_that_is_not_there_is_refused() -> None:
    with pytest.raises(KeyError):
        Words.of("../en")


def test_english_sentences_are_the_recorded_ones(reasons: list[dict[str, Any]]) -> None:
    english = Words.of("en")
    signals = {signal.name: signal for signal in SIGNALS}
    assert len({reason["signal"] for reason in reasons}) > 60
    for reason in reasons:
        assert english.sentence(reason) == reason["sentence"]
        template = templates(signals[reason["signal"]])[kind_of(reason["value"])]
        as_if_told = Words("en", {f"signals.{reason['signal']}.says": template}, {})
        assert as_if_told.sentence(reason) == reason["sentence"], "the evidence is not enough"


@pytest.mark.parametrize("language", OTHERS)
def test_every_sentence_is_told_in_the_language(
    reasons: list[dict[str, Any]], language: str
) -> None:
    words = Words.of(language)
    for reason in reasons:
        told = words.sentence(reason)
        assert "{" not in told
        for name in AS_WRITTEN:
            told = told.replace(str(reason["evidence"].get(name)), "")
        told = re.sub(r"\S+( \S+)* \(\S+\d\)", "", told) if "listed" in reason["signal"] else told
        assert not ENGLISH.search(told), told
        letters = [letter for letter in told if letter.isalpha()]
        cyrillic = [letter for letter in letters if "\u0400" <= letter <= "\u04ff"]
        assert len(cyrillic) > 0.6 * len(letters), told


@pytest.mark.parametrize("language", OTHERS)
@pytest.mark.parametrize("signal", SIGNALS, ids=lambda signal: signal.name)
def test_evidence_that_is_not_known_reads_so(signal: Any, language: str) -> None:
    for value, template in zip((None, 0.0, 1.0), templates(signal), strict=True):
        reason = {"signal": signal.name, "value": value, "sentence": "as recorded"}
        told = Words.of(language).sentence(
            reason | {"evidence": dict.fromkeys(mentioned(template))}
        )
        assert told != "as recorded"
        unknown = {"ru": "неизвестно", "kk": "белгісіз"}[language]
        assert not mentioned(template) or unknown in told


HOSTILE = "{0.__class__} {value} %s <script> {hs4!r}"


@pytest.mark.parametrize("language", LANGUAGES)
def test_hostile_evidence_stays_text(language: str) -> None:
    evidence = {"brand_named": HOSTILE, "brand_left_day": "2022-03-01"}
    sentence = f"The description names {HOSTILE}"
    reason = {"signal": "brand_has_left", "value": 1.0, "sentence": sentence}
    assert HOSTILE in Words.of(language).sentence(reason | {"evidence": evidence})
    way = f"the firm has traded with {HOSTILE} (L-7)"
    reason = {"signal": "hops_to_listed_party", "value": 1.0, "sentence": way}
    told = Words.of(language).sentence(reason | {"evidence": {"value": 1.0, PLACE: way}})
    assert f"{HOSTILE} (L-7)" in told
    assert language == "en" or "the firm" not in told


PLACE = "way_to_listed_party"


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_this_version_does_not_know_is_told_as_recorded(language: str) -> None:
    words = Words.of(language)
    recorded = {"signal": "firm_age_days", "value": 3.0, "sentence": "3 days old"}
    assert words.sentence(recorded) == "3 days old"
    assert words.sentence(recorded | {"evidence": {"age": 3.0}}) == "3 days old"
    of_older = recorded | {"signal": "gone_since", "evidence": {"value": 3.0}}
    assert words.sentence(of_older) == "3 days old"
    assert words.meaning("gone_since") == words.column("gone_since") == "gone_since"
    change = {"signal": "gone_since", "value": None, "to": 1.0, "told": "gone: at most 1"}
    assert words.change(change) == "gone: at most 1"
    assert words.papers("a letter") == "a letter"


def test_numbers_are_written_as_the_language_does_and_days_stay() -> None:
    evidence = {
        "imported_kg_in_180_days": 1234567.0, "hs4": "8542", "value": 0.256,
        "owners_changed_on": "2025-03-01",
    }  # fmt: skip
    reason = {"signal": "sent_on_share", "value": 0.256, "sentence": "", "evidence": evidence}
    for language in OTHERS:
        told = Words.of(language).sentence(reason)
        assert f"1{NO_BREAK}234{NO_BREAK}567 кг" in told
        assert f"26{NO_BREAK}%" in told
        assert "8542" in told
    reason = {"signal": "price_deviation", "value": 2.5, "sentence": "", "evidence": {
        "value_per_kg": 1200.5, "value": 2.5, "usual_value_per_kg": 99.0, "comparables": 8.0,
        "comparable_goods": "the same heading",
    }}  # fmt: skip
    told = Words.of("ru").sentence(reason)
    assert told.startswith(f"Цена 1{NO_BREAK}200,50 USD за кг отстоит на +2,5 ")
    assert told.endswith("та же товарная позиция)")


def test_what_else_is_recorded_in_english_is_told(scorer: Scorer, trained: Trained) -> None:
    declarations = trained.past.declarations.iloc[-400:]
    risky = declarations[scorer.score_validated(declarations, 1)["risk"].to_numpy() > 0.3]
    changes: list[Any] = []
    for record in risky.to_dict("records"):
        known = {str(name): value for name, value in record.items() if not _missing(value)}
        answer = scorer.score_one(known)
        changes += answer["below"]["changes"] if answer["below"] else []
        for papers in answer["ask_for"]:
            assert Words.of("en").papers(papers) == papers
            assert not ENGLISH.search(Words.of("ru").papers(papers))
    assert changes
    before = copy.deepcopy(changes)
    for change in changes:
        assert Words.of("en").change(change) == change["told"]
        for language, more, most in (
            ("ru", ": более ", ": не более "),
            ("kk", " мәнінен артық,", " мәнінен артық емес"),
        ):
            told = Words.of(language).change(change)
            expected = more if ": more than " in change["told"] else most
            assert expected in told
            assert not ENGLISH.search(told)
            assert ("неизвестно" in told or "белгісіз" in told) == (change["value"] is None)
    assert changes == before


def _missing(value: Any) -> bool:
    return not isinstance(value, str | list) and bool(pd.isna(value))


def test_english_lists_are_those_of_the_code() -> None:
    words = Words.of("en")
    assert all(words.flag(name) == flag.says for name, flag in RED_FLAGS.items())
    assert all(words.papers(says) == says for says in DOCUMENTS.values())
    assert all(words.column(c.name) == c.meaning for c in DECLARATIONS.every_column)
    assert all(words.meaning(signal.name) == signal.meaning for signal in SIGNALS)
    assert np.all([Words.of("ru").flag(name) != words.flag(name) for name in RED_FLAGS])
