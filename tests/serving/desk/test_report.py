"""The report: the answer first, the way to it exact, what was declared shown and never obeyed."""

import base64
import hashlib
import itertools
import math
import re
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given as supposing
from hypothesis import settings
from hypothesis import strategies as st

from shiprisk.features import RED_FLAGS, SIGNALS, SOURCES
from shiprisk.serving import (
    LANGUAGES,
    Audit,
    Circumstances,
    Given,
    Scorer,
    Shipment,
    Words,
    report_page,
)
from shiprisk.serving.audit import Asked, entries_of
from shiprisk.serving.desk.waterfall import waterfall
from shiprisk.serving.sent import ScoreIds
from shiprisk.training import Trained
from tests.serving.desk.made import given_example, of_example

ENGLISH = Words.of("en")
HOSTILE = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>{{ 7 * 7 }}&lt;"


class Page(HTMLParser):
    """What a browser would make of a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.words.append(data)


@pytest.fixture
def audit(tmp_path: Path) -> Any:
    with Audit.open(f"sqlite:///{tmp_path / 'audit.db'}", durable=True) as opened:
        yield opened


@pytest.fixture
def recorded(scorer: Scorer, audit: Audit) -> Callable[..., Given]:
    """Puts a record's score on record, and shows it again."""
    ids, place = ScoreIds.new(), iter(range(1_000_000))

    def record(received: dict[str, Any]) -> Given:
        block, answer = scorer.scored_record(received)
        answer["score_id"] = ids.of(next(place))
        asked = Asked("desk", Circumstances.of(scorer), 5)
        audit.record(entries_of(block, [answer], [received], [asked])).result()
        return audit.given(answer["score_id"])

    return record


@pytest.fixture
def riskiest(
    scorer: Scorer, trained: Trained, recorded: Callable[..., Given], audit: Audit
) -> Shipment:
    """The riskiest of some shipments of one day."""
    declared = trained.past.declarations
    of_day = declared[declared["declared_on"] == declared["declared_on"].max()].iloc[:12]
    rows = [row.dropna().to_dict() for _, row in of_day.iterrows()]
    plain = [row | {"declared_on": str(row["declared_on"].date())} for row in rows]
    given = max((recorded(row) for row in plain), key=lambda one: one.risk)
    return Shipment.of_record(given, *audit.place_of(given))


def test_the_answer_stands_first_and_all_is_told(riskiest: Shipment) -> None:
    page = report_page(riskiest, ENGLISH)
    answer = riskiest.answer
    words = " ".join(Page(page).words)
    order = [f"{100 * answer['risk']:.1f} %", answer["lane"], "Place 1 of", "Why", "As declared"]
    assert [words.index(text) for text in order] == sorted(words.index(text) for text in order)
    for reason in answer["reasons"]:
        assert reason["sentence"] in words
    for case in answer["similar"]:
        assert case["declaration_id"] in words
    for papers in answer["ask_for"]:
        assert papers in words
    for signal in riskiest.given.circumstances.signals:
        assert signal in words
    assert riskiest.given.score_id in words
    assert riskiest.given.circumstances.model_version in words


def test_a_shipment_has_its_place_on_its_day(riskiest: Shipment, audit: Audit) -> None:
    assert riskiest.place == 1
    assert riskiest.of > 3


def test_the_bars_lead_from_the_average_to_the_risk(riskiest: Shipment) -> None:
    bars, answer = riskiest.bars, riskiest.answer
    assert bars[0].start == answer["base"]
    assert all(one.end == other.start for one, other in itertools.pairwise(bars))
    risk = answer["risk"]
    assert bars[-1].end == pytest.approx(math.log(risk / (1 - risk)), abs=1e-6)
    sizes = [abs(bar.end - bar.start) for bar in bars]
    assert sizes == sorted(sizes, reverse=True)
    drawn = waterfall(bars, answer["base"], risk, ENGLISH)
    assert drawn.count("<rect") == len(bars)


def test_flags_stand_with_their_source(riskiest: Shipment) -> None:
    names = {flag for reason in riskiest.answer["reasons"] for flag in reason["flags"]}
    assert {flag.name for flag in riskiest.flags} == names
    for flag in riskiest.flags:
        assert flag.source == SOURCES[RED_FLAGS[flag.name].source].name


def test_the_page_may_load_and_run_nothing(riskiest: Shipment, scorer: Scorer) -> None:
    page = report_page(riskiest, ENGLISH, scorer.history)
    style = re.search("<style>(.*?)</style>", page, re.DOTALL)
    assert style
    digest = base64.b64encode(hashlib.sha256(style[1].encode()).digest()).decode()
    policies = [a for tag, a in Page(page).tags if a.get("http-equiv")]
    assert f"default-src 'none'; style-src 'sha256-{digest}'" in str(policies[0]["content"])
    assert not [attribute for _, a in Page(page).tags for attribute in a if attribute == "style"]
    assert not re.search("https?://|url\\(|@import", page)


# What a record says in its own words: all of it hostile input.
WRITTEN = (
    "description", "trader_name", "partner_name", "trader_id", "partner_id", "declarant_id",
    "customs_office", "border_office", "supplementary_unit", "address_id", "director_id",
)  # fmt: skip


A_TEXT = st.one_of(
    st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=80),
    st.sampled_from([HOSTILE, "</td></table><script>", "-->", "]]>", "&#60;b&#62;"]),
).filter(str.strip)


@settings(max_examples=50)
@supposing(texts=st.lists(A_TEXT, min_size=4, max_size=4, unique_by=str.strip))
def test_hostile_text_is_shown_unharmed(
    hostile: Callable[[list[str]], str], harmless: Page, texts: list[str]
) -> None:
    page = Page(hostile(texts))
    # What is cut in a picture stands whole in a title, long or short.
    tags, others = ([x for x in one.tags if x[0] != "title"] for one in (page, harmless))
    assert [tag for tag, _ in tags] == [tag for tag, _ in others]
    assert [sorted(a) for _, a in tags] == [sorted(a) for _, a in others]
    assert all(text in "".join(page.words) for text in texts)


@pytest.fixture(scope="module")
def hostile(scorer: Scorer) -> Callable[[list[str]], str]:
    """The page, with pictures, of a record which was scored once with harmless text.

    It says the given texts in turn, wherever it may say something in its own words.
    """
    given = given_example(scorer, **dict.fromkeys(WRITTEN, "bearings"))

    def page(texts: list[str]) -> str:
        said = dict(zip(WRITTEN, itertools.cycle(texts), strict=False))
        told = Given(**vars(given) | {"received": given.received | said})
        return report_page(Shipment.of_record(told, 1, 1), ENGLISH, scorer.history)

    return page


@pytest.fixture(scope="module")
def harmless(hostile: Callable[[list[str]], str]) -> Page:
    return Page(hostile(["bearings", "chips", "soap", "wigs"]))


def test_pictures_stand_beside_their_family(riskiest: Shipment, scorer: Scorer) -> None:
    without, page = report_page(riskiest, ENGLISH), report_page(riskiest, ENGLISH, scorer.history)
    assert 'class="picture' not in without
    body = page[page.index("<article") :]
    order = re.findall(r'<section class="(family)">|<h3>(\w[\w ]*) <|class="picture (\w+)"', body)
    family, beside = "", {}
    for _, called, picture in order:
        family = called or family
        if picture:
            beside[picture] = family
    expected = {"price": "Price", "timeline": "Firm", "network": "Firm", "route": "Route"}
    assert {name: beside.get(name) for name in expected} == expected
    assert "Drawn from what was known before" in page


def test_pictures_of_another_history_say_so(riskiest: Shipment, trained: Trained) -> None:
    other = trained.history.extended(trained.past.declarations.tail(1))
    assert "Drawn from another history" in report_page(riskiest, ENGLISH, other)


def test_signals_and_reasons_of_a_family_sum_to_what_it_added(riskiest: Shipment) -> None:
    assert {part.family for part in riskiest.parts} == set(riskiest.answer["families"])
    for part in riskiest.parts:
        told = [signal.added for signal in part.signals if signal.added is not None]
        assert sum(told) + part.added_further == pytest.approx(part.added)
        assert part.further == len(part.signals) - len(told)
    names = [signal.name for part in riskiest.parts for signal in part.signals]
    assert sorted(names) == sorted(riskiest.given.circumstances.signals)


def test_owner_nationality_can_be_left_out(scorer: Scorer) -> None:
    shipment = of_example(scorer, owner_nationalities="AQ:1.0")
    known = [signal for part in shipment.parts for signal in part.signals]
    sensitive = {signal.name for signal in SIGNALS if signal.sensitive}
    assert sensitive <= {signal.name for signal in known}
    page = report_page(shipment, ENGLISH, scorer.history, with_owner_nationality=False)
    for told in ("AQ:1.0", "Antarctica", *sensitive):
        assert told in report_page(shipment, ENGLISH, scorer.history)
        assert told not in page


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_page_says_its_language(riskiest: Shipment, language: str) -> None:
    page = report_page(riskiest, Words.of(language))
    assert f'<html lang="{language}">' in page
