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

from shiprisk.features import RED_FLAGS, SOURCES
from shiprisk.serving import Audit, Circumstances, Given, Scorer, Shipment, Words, report_page
from shiprisk.serving.audit import Asked, entries_of
from shiprisk.serving.desk.waterfall import waterfall
from shiprisk.serving.http.example import EXAMPLE
from shiprisk.serving.sent import ScoreIds
from shiprisk.training import Trained

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


def test_the_page_may_load_and_run_nothing(riskiest: Shipment) -> None:
    page = report_page(riskiest, ENGLISH)
    style = re.search("<style>(.*?)</style>", page, re.DOTALL)
    assert style
    digest = base64.b64encode(hashlib.sha256(style[1].encode()).digest()).decode()
    policies = [a for tag, a in Page(page).tags if a.get("http-equiv")]
    assert f"default-src 'none'; style-src 'sha256-{digest}'" in str(policies[0]["content"])
    assert not re.search("https?://|url\\(|@import", page)


@settings(max_examples=200)
@supposing(
    text=st.one_of(
        st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=80),
        st.sampled_from([HOSTILE, "</td></table><script>", "-->", "]]>", "&#60;b&#62;"]),
    )
)
def test_hostile_descriptions_are_shown_unharmed(hostile: Callable[[str], str], text: str) -> None:
    page = Page(hostile(text))
    allowed = Page(hostile("bearings"))
    assert [tag for tag, _ in page.tags] == [tag for tag, _ in allowed.tags]
    assert [sorted(a) for _, a in page.tags] == [sorted(a) for _, a in allowed.tags]
    assert text in "".join(page.words)


@pytest.fixture(scope="module")
def hostile(scorer: Scorer) -> Callable[[str], str]:
    """The page of a record with a description, which was scored once with a harmless one."""
    received = EXAMPLE | {"description": "bearings"}
    block, answer = scorer.scored_record(received)
    answer["score_id"] = "01a202fb-ff79-7087-8000-00025eca327b"
    asked = Asked("desk", Circumstances.of(scorer), 5)
    (entry,) = entries_of(block, [answer], [received], [asked])

    def page(description: str) -> str:
        told = received | {"description": description}
        given = Given(**{**vars(entry), "received": told})
        return report_page(Shipment.of_record(given, 1, 1), ENGLISH)

    return page
