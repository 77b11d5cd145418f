"""The desk as its visitors meet it: what is shown, and what is written."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from shiprisk.serving import Scorer, inspections_of
from shiprisk.serving.http.example import EXAMPLE
from tests.serving.desk.visiting import LOCAL, Office, office
from tests.serving.http.asking import answer


def test_the_queue_stands_by_risk_with_its_capacity(desk: Office, sent: list[dict]) -> None:
    page = desk.visitor("aigul").get("/queue").text
    assert "Capacity: 3 shipments" in page
    assert f"of {len({one['declaration_id'] for one in sent})}" in page


def test_a_shipment_opens_with_its_answer_and_pictures(desk: Office) -> None:
    visitor = desk.visitor("aigul")
    score = visitor.scores()[0]
    page = visitor.get(f"/shipments/{score}").text
    given = desk.store.audit.given(score)
    assert f"{100 * given.risk:.1f} %" in page
    assert given.declaration_id in page
    assert page.count("<svg") >= 4
    assert "without owner nationality" in page


@pytest.mark.parametrize("place", ["/shipments/x", "/shipments/x/report", "/nothing/here"])
def test_what_is_not_there_is_a_calm_page(desk: Office, place: str) -> None:
    told = desk.visitor("aigul").get(place)
    assert told.status_code == 404
    assert told.headers["content-type"].startswith("text/html")


def test_an_outcome_is_on_record_and_the_next_one_opens(desk: Office) -> None:
    visitor = desk.visitor("aigul")
    first, second = visitor.scores()[:2]
    told = visitor.write(first, selected_by="tip")
    assert told.status_code == 200
    assert "Written down." in told.text
    (outcome,) = desk.store.outcomes.newest()
    assert (outcome.by, outcome.found, outcome.selected_by) == ("aigul", "nothing", "tip")
    told = visitor.get(f"/queue/next?after={first}")
    assert told.url.path == f"/desk/shipments/{second}"


def test_two_who_take_the_same_shipment_are_told(desk: Office) -> None:
    aigul, berik = desk.visitor("aigul"), desk.visitor("berik")
    score = aigul.scores()[0]
    aigul.post(f"/shipments/{score}/take")
    assert "aigul has taken this shipment" in berik.get(f"/shipments/{score}").text
    assert "taken by aigul" in berik.get("/queue").text
    assert berik.post(f"/shipments/{score}/take").status_code == 409
    assert berik.post(f"/shipments/{score}/take", over="aigul").status_code == 200
    assert "berik has taken this shipment" in aigul.get(f"/shipments/{score}").text
    berik.post(f"/shipments/{score}/give-back")
    assert "Also open with berik." in aigul.get(f"/shipments/{score}").text


def test_of_two_who_write_the_second_is_told(desk: Office) -> None:
    aigul, berik = desk.visitor("aigul"), desk.visitor("berik")
    score = aigul.scores()[0]
    assert aigul.write(score).status_code == 200
    assert berik.write(score, follows="").status_code == 409
    changed = berik.write(score, found="violation", kind="papers", reason="no origin proof")
    assert changed.status_code == 200
    found = [one.found for one in desk.store.outcomes.newest()]
    assert found == ["violation"]


def test_a_second_person_confirms_where_policy_asks(scorer: Scorer, copied: str) -> None:
    always = replace(LOCAL, second="always")
    with office(scorer, copied, always) as opened:
        aigul, berik = opened.visitor("aigul"), opened.visitor("berik")
        score = aigul.scores()[0]
        assert "a second person will have to confirm" in aigul.get(f"/shipments/{score}").text
        aigul.write(score, selected_by="rule")
        (waiting,) = opened.store.outcomes.newest()
        assert inspections_of([waiting]).empty
        place = f"/outcomes/{waiting.outcome_id}/confirm"
        assert aigul.post(place).status_code == 422
        assert "I find the same" in berik.get(f"/shipments/{score}").text
        assert berik.post(place).status_code == 200
        taught = inspections_of(opened.store.outcomes.newest())
        assert taught["selected_by"].tolist() == ["rule"]


@pytest.mark.parametrize(
    "fields",
    [{"found": ""}, {"found": "guilty"}, {"reason": " "}, {"found": "violation", "kind": ""},
     {"known_on": "someday"}, {"known_on": "2999-01-01"}, {"selected_by": "random"}],
)  # fmt: skip
def test_a_form_that_makes_no_sense_writes_nothing(desk: Office, fields: dict[str, str]) -> None:
    visitor = desk.visitor("aigul")
    assert visitor.write(visitor.scores()[0], **fields).status_code == 422
    assert desk.store.outcomes.newest() == []


def test_a_whole_shipment_takes_one_outcome(desk: Office) -> None:
    twice = [EXAMPLE | {"declaration_id": "TWO", "item_number": at} for at in (1, 2)]
    scored = answer(desk.running.client.post("/v1/scores", json=twice))["scores"]
    visitor = desk.visitor("aigul")
    visitor.write(scored[0]["score_id"], whole="yes")
    written = desk.store.outcomes.newest()
    assert sorted(one.item_number for one in written) == [1, 2]


def test_only_who_leads_draws_and_sees_what_chance_has_drawn(desk: Office) -> None:
    aigul, dana = desk.visitor("aigul"), desk.visitor("dana")
    day = desk.store.queue.days()[0]
    form = {"day": str(day), "capacity": "8/day", "random_share": "50"}
    assert aigul.post("/queue/draw", **form).status_code == 403
    assert dana.post("/queue/draw", **form).status_code == 200
    listed = f"?day={day}&listed=yes"
    assert len(dana.scores(listed)) == 8
    assert "by chance" in dana.get(f"/queue{listed}").text
    seen = [aigul.get(f"/queue{listed}").text]
    seen += [aigul.get(f"/shipments/{score}").text for score in aigul.scores(listed)]
    green = "release, unless drawn by chance"
    assert not any("by chance" in page.replace(green, "") for page in seen)
    score = aigul.scores(listed)[0]
    aigul.write(score)
    (taught,) = inspections_of(desk.store.outcomes.newest()).to_dict("records")
    assert taught["selected_by"] in ("model", "random")
    assert 0 < taught["selection_probability"] <= 1


def test_nobody_can_tell_beforehand_what_chance_will_draw(desk: Office) -> None:
    dana, day, seeds = desk.visitor("dana"), desk.store.queue.days()[0], set()
    for _ in range(3):
        dana.post("/queue/draw", day=str(day), capacity="8/day", random_share="50")
        drawn = desk.store.lists.of_day(day)
        assert drawn is not None
        seeds.add(drawn.seed)
    assert len(seeds) == 3


@pytest.mark.parametrize("capacity", ["", "0/day", "many", "9999999999/day"])
def test_a_capacity_that_makes_no_sense_draws_nothing(desk: Office, capacity: str) -> None:
    day = str(desk.store.queue.days()[0])
    told = desk.visitor("dana").post("/queue/draw", day=day, capacity=capacity, random_share="1")
    assert told.status_code == 422
    assert desk.store.lists.of_day(desk.store.queue.days()[0]) is None


def test_who_saw_and_did_what_is_on_the_trail(desk: Office) -> None:
    aigul = desk.visitor("aigul")
    score = aigul.scores()[0]
    aigul.write(score)
    aigul.get(f"/shipments/{score}/report")
    page = desk.visitor("root").get("/trail?by=aigul").text
    for step in ("signed in", "saw the queue", "opened a shipment", "wrote an outcome"):
        assert step in page
    assert "saved a report" in page
    assert desk.store.audit.given(score).declaration_id in page


def test_the_figures_tell_what_was_found(desk: Office) -> None:
    visitor = desk.visitor("aigul")
    scores = visitor.scores()
    assert "Nothing was inspected yet." in visitor.get("/figures").text
    visitor.write(scores[0], found="violation", kind="diversion", selected_by="tip")
    visitor.write(scores[1], selected_by="rule")
    page = visitor.get("/figures").text
    assert "on a tip" in page
    assert "100.0 %" in page
    assert desk.running.service.in_use.scorer.model.version in page


def test_the_figures_tell_what_alarms_and_survive_a_page_that_is_none(
    scorer: Scorer, copied: str, tmp_path: Path
) -> None:
    drift = tmp_path / "drift.md"
    with office(scorer, copied, replace(LOCAL, drift=drift)) as opened:
        visitor = opened.visitor("aigul")
        assert "No drift report" in visitor.get("/figures").text
        told = {"model_version": "m", "first_day": "2024-06-01", "last_day": "2024-06-30"}
        told |= {"shipments": 4000, "alarms": ["price: moved <b>"]}
        drift.with_suffix(".json").write_text(json.dumps(told), encoding="utf-8")
        page = visitor.get("/figures").text
        assert "price: moved &lt;b&gt;" in page
        assert "2024-06-30" in page
        drift.with_suffix(".json").write_text("[", encoding="utf-8")
        assert "No drift report" in visitor.get("/figures").text


@pytest.mark.parametrize("language", ["en", "ru", "kk"])
def test_every_page_is_there_in_each_language(desk: Office, language: str) -> None:
    root = desk.visitor("root")
    root.post("/language", language=language, here="/desk/queue")
    score = root.scores()[0]
    for place in ("/queue", f"/shipments/{score}", "/figures", "/trail", "/accounts", "/nothing"):
        told = root.get(place)
        assert told.status_code in (200, 404)
        assert f'<html lang="{language}">' in told.text


def test_a_report_is_a_file_that_runs_nothing(desk: Office) -> None:
    visitor = desk.visitor("aigul")
    told = visitor.get(f"/shipments/{visitor.scores()[0]}/report")
    assert "attachment" in told.headers["content-disposition"]
    assert "sandbox" in told.headers["content-security-policy"]
    assert "<script" not in told.text
