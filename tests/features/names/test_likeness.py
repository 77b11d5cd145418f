"""How alike two names are, whatever alphabet, legal form and spelling they come in."""

import csv
from pathlib import Path

import numpy as np
import pytest

from shiprisk.features.listed import SAME_PARTY
from shiprisk.features.names import NameIndex

PAIRS = Path(__file__).parent / "pairs.csv"


def likeness(one: str, other: str) -> float:
    """How alike a name is to the only listed one."""
    found = NameIndex.of([other]).like([one]).likeness
    return float(found[0]) if len(found) else 0.0


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("ТОО «Арқот Трейдинг»", "Arqot treiding L.L.P."),
        ("Şahin Makina San. ve Tic. A.Ş.", "SAHIN MAKINA"),
        ("ЗАО «Позитрон-Авионика»", "Pozitron Avionika, CJSC"),
        ("Общество с ограниченной ответственностью «Ларис»", "Laris GmbH"),
        ("Straße & Söhne", "Strasse and Sohne"),
    ],
)
def test_legal_form_alphabet_and_marks_do_not_matter(one: str, other: str) -> None:
    assert likeness(one, other) > 0.98


def test_only_the_same_name_counts_in_full() -> None:
    assert likeness("Arkot Trading LLC", "ARKOT TRADING") == 1.0
    assert 0.98 < likeness("Arcot Trading", "Arkot Trading") < 1.0


def test_each_further_slip_makes_it_less_alike() -> None:
    listed = "Mikroelektronika Sever"
    slips = [listed, "Mikroelektronika Sever", "Mikroelektonika Sever", "Mikoelektonika Sever"]
    values = [likeness(name, listed) for name in slips]
    assert values == sorted(values, reverse=True)
    assert values[1] > values[2] > values[3] > 0


def test_words_that_every_firm_has_make_nobody_alike() -> None:
    assert likeness("Orion Trading Group", "Vektra Trading Group") == 0
    assert likeness("Orion Trading", "Orion Logistics") < SAME_PARTY


def test_numbers_tell_apart() -> None:
    assert likeness("Radiozavod 17 Sever", "Radiozavod 7 Sever") == 0
    assert likeness("Radiozavod 17 Sever", "Radiozavod 17 Severr") > 0.9


@pytest.mark.parametrize(
    "name", ["", "«»", "...", "LLC", "ООО", "x", "深圳市", "🚢", "a" * 100_000]
)
def test_any_text_has_a_form_and_is_like_itself_or_nothing(name: str) -> None:
    same = likeness(name, name)
    assert same == (1.0 if any(one.isalnum() for one in name) else 0.0)


def test_it_tells_most_pairs_apart_and_no_text_alone_tells_all() -> None:
    with PAIRS.open(encoding="utf-8", newline="") as file:
        pairs = list(csv.DictReader(file))
    taken = {
        same: [likeness(pair["one"], pair["other"]) >= SAME_PARTY for pair in pairs
               if pair["same"] == same]
        for same in ("yes", "no")
    }  # fmt: skip
    assert len(taken["yes"]) == len(taken["no"]) == 30
    assert sum(taken["yes"]) >= 24
    assert sum(taken["no"]) <= 3


def test_a_name_is_as_alike_alone_as_among_many() -> None:
    rng = np.random.default_rng(3)
    roots = ["".join(rng.choice(list("aeioulmnrt"), 14)) for _ in range(300)]
    listed = [f"{root} trade" for root in roots]
    asked = [root[:3] + "b" + root[4:] for root in roots[::3]]
    index = NameIndex.of(listed)
    together = index.like(asked)
    assert len(set(together.asked)) == len(asked)
    for at in range(0, len(asked), 10):
        alone = NameIndex.of(listed).like([asked[at]])
        mine = together.asked == at
        np.testing.assert_array_equal(alone.listed, together.listed[mine])
        np.testing.assert_array_equal(alone.likeness, together.likeness[mine])
