"""A simulated world beside public Korean declarations, where columns correspond. One command:

    .venv/bin/python benchmarks/marginals.py ../shared/data/korea RECORDS [--page docs/world.md]

Concentration depends on how many rows are counted and over how long. So both sides are imports of
twelve months (Korea: train.csv, the year 2020; ours: the last twelve), as many rows of each, drawn
at random with a fixed seed: as many as the smaller side has. Both go through shiprisk's own
reading. A draw from a world of a million meets more firms than the whole of a small world has, and
the Korean rows stand for all imports of a country: compare with a large world.

Left out because they mean something else there: prices (one constant per code in Korea), modes of
transport (nearly all by sea or air), offices and procedures (codes of their own).
With --page the text between the page's two markers is replaced; without, it is printed.
"""

import argparse
import os
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import pandas as pd

from shiprisk.features import Mapping, ReadError, SchemaError, read_records
from shiprisk.training.measured import put

ROOT = Path(__file__).parents[1]
MAPPING = ROOT / "examples" / "korea.toml"
PART = "marginals"
FEW = 10_000

COUNTED = {
    "HS6": "hs6",
    "HS4": "hs4",
    "traders*": "trader_id",
    "partners*": "partner_id",
    "declarants*": "declarant_id",
    "countries of origin": "country_of_origin",
    "countries of dispatch": "country_of_dispatch",
}
CORRESPONDING = (
    *("hs_code", "trader_id", "partner_id", "declarant_id", "country_of_origin"),
    *("country_of_dispatch", "mode_of_transport", "net_mass_kg", "customs_value_usd"),
)
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
PERCENTILES = (1, 10, 50, 90, 99, 99.9)
TAIL = 0.05

Sides = dict[str, pd.DataFrame]


def imports(source: Path, mapping: Mapping | None = None) -> pd.DataFrame:
    """The imports of the last twelve months in a file or directory of records."""
    declared = read_records(source, mapping).declarations
    brought_in = declared[declared["direction"] == "import"]
    if brought_in.empty:
        raise ReadError(f"{source}: holds no imports")
    last = brought_in["declared_on"].max()
    recent = brought_in[brought_in["declared_on"] > last - pd.DateOffset(years=1)]
    codes = recent["hs_code"].str
    return recent.assign(hs6=codes[:6], hs4=codes[:4])


def matched(sides: Sides) -> Sides:
    """As many rows of each side as the smaller one has, in random order."""
    rows = min(map(len, sides.values()))
    return {name: side.sample(rows, random_state=0) for name, side in sides.items()}


def concentration(values: pd.Series) -> dict[str, str]:
    """How many different values there are, and how the rows are spread over them."""
    counts = values.value_counts().to_numpy()
    return {
        "different": f"{len(counts):,}",
        f"in {FEW:,} rows": f"{values.head(FEW).nunique():,}",
        "rows of the largest 1 %": _percent(_held(counts, round(len(counts) * 0.01))),
        "of the largest 10 %": _percent(_held(counts, round(len(counts) * 0.1))),
        "of the ten largest": _percent(_held(counts, 10)),
        "Gini": f"{gini(counts):.2f}",
        "seen once": _percent((counts == 1).mean()),
    }


def gini(counts: np.ndarray) -> float:
    """The Gini coefficient of counts: 0 where all are equal, towards 1 where one holds all."""
    rising = np.sort(counts)
    places = np.arange(1, len(rising) + 1)
    return float((2 * places - len(rising) - 1) @ rising / (len(rising) * rising.sum()))


def masses(net_mass: pd.Series) -> dict[str, str]:
    """Percentiles, spread and tail of net masses; spread and tail of those above zero."""
    kilograms = net_mass.dropna().to_numpy()
    above = kilograms[kilograms > 0]
    return {
        **{f"p{one}": _kilograms(np.percentile(kilograms, one)) for one in PERCENTILES},
        "zero": _percent((kilograms == 0).mean()),
        "standard deviation of log10": f"{np.log10(above).std():.2f}",
        "tail index": f"{hill(above):.2f}",
    }


def hill(values: np.ndarray) -> float:
    """Hill's estimate of the tail index on the largest 5 %: the smaller, the heavier the tail."""
    falling = np.sort(values)[::-1]
    largest = round(len(falling) * TAIL)
    return float(1 / np.log(falling[:largest] / falling[largest]).mean())


def elsewhere(side: pd.DataFrame) -> dict[str, str]:
    """How often goods come from a country other than their origin, where both are known."""
    known = side.dropna(subset=["country_of_origin", "country_of_dispatch"])
    differ = known["country_of_origin"] != known["country_of_dispatch"]
    return {"origin is not the country of dispatch": _percent(differ.mean())}


def weekdays(side: pd.DataFrame) -> dict[str, str]:
    """The share of each day of the week."""
    shares = side["declared_on"].dt.day_name().value_counts(normalize=True)
    return {day: _percent(shares.get(day, 0.0)) for day in DAYS}


def missing(side: pd.DataFrame) -> dict[str, str]:
    """The share of missing cells in each column that both have."""
    return {f"`{name}`": _percent(side[name].isna().mean()) for name in CORRESPONDING}


def page(sides: Sides) -> str:
    """Every figure of both sides, matched in size, as Markdown."""
    return "\n\n".join(_paragraphs(sides))


def _paragraphs(sides: Sides) -> Iterator[str]:
    drawn = matched(sides)
    rows = len(next(iter(drawn.values())))
    origins = "; ".join(f"{name}: {len(side):,}, {_period(side)}" for name, side in sides.items())
    yield (
        f"{rows:,} imports of each side, drawn at random from those of twelve months ({origins}). "
        "\\* Identifiers of parties are drawn at random in the Korean set, whose rows are "
        "synthetic: figures for parties are weaker evidence than those for goods and mass."
    )
    counted = [
        (f"{kind}, {name}", concentration(side[column]))
        for kind, column in COUNTED.items()
        for name, side in drawn.items()
    ]
    yield _table(counted)
    yield "Net mass in kilograms (percentiles; the tail index is Hill's on the largest 5 %):"
    yield _table([(name, masses(side["net_mass_kg"])) for name, side in drawn.items()])
    yield "Countries and days of the week:"
    yield _table([(name, elsewhere(side) | weekdays(side)) for name, side in drawn.items()])
    yield "Missing cells:"
    yield _table([(name, missing(side)) for name, side in drawn.items()])


def _held(counts: np.ndarray, most: int) -> float:
    """The share of rows of so many of the largest; counts fall, and one is the least asked for."""
    return float(counts[: max(1, most)].sum() / counts.sum())


def _table(rows: Sequence[tuple[str, dict[str, str]]]) -> str:
    headings = ["", *rows[0][1]]
    lines = [headings, ["---"] * len(headings), *([name, *cells.values()] for name, cells in rows)]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _period(side: pd.DataFrame) -> str:
    days = side["declared_on"]
    return f"{days.min():%Y-%m-%d} to {days.max():%Y-%m-%d}"


def _kilograms(mass: float) -> str:
    return f"{mass:,.0f}" if mass >= 100 else f"{mass:.2g}"


def _percent(share: float) -> str:
    return f"{100 * share:.1f} %"


def _shown(path: Path) -> str:
    """A path as seen from the checkout; of one that is far away only its name."""
    relative = os.path.relpath(path, ROOT)
    return path.resolve().name if relative.startswith("../..") else relative


def _command(korea: Path, records: Path) -> str:
    return f"    .venv/bin/python benchmarks/marginals.py {_shown(korea)} {_shown(records)}"


def main(korea: Path, records: Path, target: Path | None) -> None:
    """Measure both sides; print the figures or put them into the page."""
    read = {
        "Korea": imports(korea / "train.csv", Mapping.load(MAPPING)),
        "simulated": imports(records),
    }
    text = f"{_command(korea, records)}\n\n{page(read)}"
    if target:
        put(target, PART, text)
    else:
        print(text)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("korea", type=Path, help="folder with train.csv")
    parser.add_argument("records", type=Path, help="folder with declarations.parquet")
    parser.add_argument("--page", type=Path, help="a Markdown page with the two markers")
    given = parser.parse_args()
    for folder in (given.korea, given.records):
        if not folder.is_dir():
            parser.error(f"{folder}: there is no such folder")
    if given.page and not given.page.is_file():
        parser.error(f"{given.page}: there is no such page")
    return given


if __name__ == "__main__":
    asked = _arguments()
    try:
        main(asked.korea, asked.records, asked.page)
    except (ReadError, SchemaError) as error:
        sys.exit(str(error))
