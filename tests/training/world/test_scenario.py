"""Scenarios: all built-in ones load, files may differ from them, and faults are named."""

from datetime import date
from pathlib import Path

import pytest

from shiprisk.training.world import Scenario, ScenarioError, scenario_names
from shiprisk.training.world.typology import NAMES


def file_of(directory: Path, text: str) -> Path:
    path = directory / "mine.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_the_built_in_scenarios_are_those_promised() -> None:
    assert scenario_names()[0] == "default"
    assert set(scenario_names()) == {
        "default", "quiet", "rerouting", "ghost", "corrupt_post", "new_list",
    }  # fmt: skip


@pytest.mark.parametrize("name", scenario_names())
def test_each_says_what_it_is_and_holds_every_typology(name: str) -> None:
    scenario = Scenario.load(name)
    assert scenario.name == name
    assert len(scenario.says) > 30
    assert set(scenario.typologies) == set(NAMES)
    assert all(typology.says for typology in scenario.typologies.values())
    assert len(scenario.calendar.months) >= 18


def test_scenarios_differ_in_what_they_are_named_for() -> None:
    default = Scenario.load("default")
    assert Scenario.load("quiet").evasion < default.evasion
    assert not Scenario.load("quiet").events()
    assert Scenario.load("ghost").typologies["T2"].weight > 5 * default.typologies["T2"].weight
    assert Scenario.load("rerouting").typologies["T7"].weight > default.typologies["T7"].weight
    assert Scenario.load("corrupt_post").inspection.corrupt > default.inspection.corrupt
    hides = Scenario.load("new_list").adaptation.hides_when_listed
    assert hides > default.adaptation.hides_when_listed


def test_a_file_gives_only_what_differs(tmp_path: Path) -> None:
    text = 'based_on = "default"\nevasion = 0.05\n[typologies.T1]\nweight = 9\n'
    mine, default = Scenario.load(file_of(tmp_path, text)), Scenario.load("default")
    assert (mine.name, mine.evasion, mine.typologies["T1"].weight) == ("mine", 0.05, 9)
    assert mine.typologies["T1"].new_firm == default.typologies["T1"].new_firm
    assert mine.shocks == default.shocks


def test_hubs_are_replaced_as_a_whole(tmp_path: Path) -> None:
    mine = Scenario.load(file_of(tmp_path, 'based_on = "default"\nhubs = { TR = 1 }\n'))
    assert mine.hubs == {"TR": 1}


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("evasion = 2", ["evasion", "less than or equal to 0.1", "2"]),
        ("evasoin = 0.1", ["evasoin", "not permitted"]),
        ("[typologies.T1]\nweigth = 1", ["typologies.T1.weigth"]),
        ("[typologies.T12]\nweight = 1", ["T12"]),
        ("hubs = { XX = 1 }", ["XX"]),
        ("first = 2022-07-02", ["first and the last day of months"]),
        ("[typologies.T1]\nnew_firm = 0.8\nbought_firm = 0.5", ["add up to more than 1"]),
        ("[inspection]\ncapacity = -1", ["inspection.capacity"]),
        ("first = 1", ["first"]),
    ],
)
def test_a_fault_is_named_with_its_place(tmp_path: Path, text: str, named: list[str]) -> None:
    path = file_of(tmp_path, 'based_on = "default"\n' + text)
    with pytest.raises(ScenarioError) as raised:
        Scenario.load(path)
    assert all(word in str(raised.value) for word in ["mine.toml", *named])


@pytest.mark.parametrize(
    ("text", "named"),
    [("first = ", "not TOML"), ('based_on = "mine"', "based_on must be one of default")],
)
def test_a_file_that_cannot_be_read_is_named(tmp_path: Path, text: str, named: str) -> None:
    with pytest.raises(ScenarioError, match=named):
        Scenario.load(file_of(tmp_path, text))


def test_neither_a_name_nor_a_file() -> None:
    with pytest.raises(ScenarioError, match=r"default, corrupt_post, .* nor a TOML file"):
        Scenario.load("defualt")


def test_events_are_those_of_its_span_in_order() -> None:
    events = Scenario.load("default").events()
    assert list(events.values()) == sorted(events.values())
    assert events["HS 2022"] == date(2022, 1, 1)
    assert events["priority list of 2024-02-23"] == date(2024, 2, 23)
    assert "priority list of 2023-05-19" not in Scenario.load("quiet").events()


def test_evasion_begins_on_its_day_and_grows() -> None:
    scenario = Scenario.load("default")
    day = [scenario.strength(first, last) for first, last in scenario.calendar.months]
    assert day[0] == 0
    assert day == sorted(day)
    assert day[-1] == 1
