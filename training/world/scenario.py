"""What a world is like: its span, its shocks, how goods are diverted and how they are inspected."""

import tomllib
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Annotated, Any, Literal, Self

import numpy as np
from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from .calendar import Calendar, day
from .countries import COUNTRIES
from .goods import HS2022_FROM, column
from .typology import NAMES, Typology

Share = Annotated[float, Field(ge=0, le=1)]
Hubs = dict[str, Annotated[float, Field(gt=0)]]

BUILT_IN = Path(__file__).parent / "scenarios"


class ScenarioError(ValueError):
    """A scenario that cannot be read: says which setting of which file, and what to do."""


class Part(BaseModel):
    """Settings that refuse names they do not know."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Shock(Part):
    """Something that happens on a day and changes how evaders act."""

    on: date
    name: str = Field(min_length=1, max_length=40)
    kind: Literal["crackdown", "new hub"]
    hubs: Hubs = Field(min_length=1)  # watched from now on, by how strictly; or open, by share

    @property
    def day(self) -> int:
        """Its day since 1970."""
        return day(self.on)


class Inspection(Part):
    """Who is inspected, what is found, and when that is known."""

    capacity: Share = 0.08  # of each day's shipments
    random: Share = 0.25  # of the capacity
    sharpness: float = Field(default=0.9, ge=0, le=10)  # how strictly the highest scores go first
    tip_diverted: Share = 0.02
    tip_honest: Share = 0.0008
    missed: Share = 0.03  # diverted shipments in which nothing is found
    missed_hidden: Share = 0.12  # the same where the goods were declared as others
    mistaken: Share = 0.003  # honest shipments in which something is found
    delay_least_days: int = Field(default=3, ge=1, le=60)
    delay_mean_days: float = Field(default=21, ge=2, le=365)
    slow: Share = 0.06  # outcomes that wait for a laboratory or a court
    slow_mean_days: float = Field(default=90, ge=2, le=365)
    corrupt_posts: int = Field(default=1, ge=0, le=6)
    corrupt: Share = 0.3  # findings that a corrupt post writes down as clean


class Published(Part):
    """What partners publish of their exports to this country, and when."""

    unrecorded: float = Field(default=0.5, ge=0, le=0.9)  # of the additional listed goods sent here
    elsewhere: Share = 0.35  # of goods sent by a third country: reported by their country of origin
    least_usd: float = Field(default=1_000, ge=0)  # a smaller figure of a month is left out
    lag_days: tuple[int, int] = (40, 75)  # usual, from the month's end; least and most by country
    late: Share = 0.05  # of a country's months, which come one to five months later

    @model_validator(mode="after")
    def _after_the_month(self) -> Self:
        if not 10 <= self.lag_days[0] <= self.lag_days[1]:
            raise ValueError("lag_days are given as least and most, the least at least 10")
        return self


class Adaptation(Part):
    """How evaders answer to being caught, to a crackdown and to a longer list."""

    channel_ends: Share = 0.65  # after a finding
    firm_burned: Share = 0.4
    turns_away: Share = 0.5  # what is left of the liking for a typology that was found
    forgets: Share = 0.08  # how far that liking comes back in a month
    shyer: Share = 0.85  # what is left of overpaying and of boldness
    hub_changes: Share = 0.5
    lies_low_days: int = Field(default=25, ge=0, le=365)
    crackdown_obeys: Share = 0.85
    crackdown_quiet_days: int = Field(default=30, ge=0, le=365)
    hides_when_listed: float = Field(default=1.5, ge=1, le=10)  # more misdeclaring per list version


class Scenario(Part):
    """A world to simulate; read one with `Scenario.load`."""

    name: str = Field(min_length=1, max_length=40)
    says: str
    first: date
    last: date
    evasion: float = Field(ge=0, le=0.1)  # of all rows, once evasion has grown to its full strength
    evasion_from: date
    ramp_days: int = Field(ge=0, le=3650)
    hubs: Hubs
    typologies: dict[str, Typology]
    shocks: tuple[Shock, ...] = ()
    inspection: Inspection = Inspection()
    adaptation: Adaptation = Adaptation()
    published: Published = Published()

    @classmethod
    def load(cls, which: str | Path) -> Self:
        """The built-in scenario of that name, or the one in that TOML file.

        A file may say `based_on = "default"` and give only what differs. ScenarioError names every
        setting that is wrong.
        """
        source = BUILT_IN / f"{which}.toml" if str(which) in scenario_names() else Path(which)
        if not source.is_file():
            known = ", ".join(scenario_names())
            raise ScenarioError(f"{which}: neither a scenario ({known}) nor a TOML file")
        try:
            return cls.model_validate({"name": source.stem} | _settings(source))
        except ValidationError as error:
            raise ScenarioError(f"{source.name}: " + "; ".join(_faults(error))) from None

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        whole = self.first.day == 1 and (self.last + timedelta(days=1)).day == 1
        if not whole or self.first > self.last:
            raise ValueError("first and last must be the first and the last day of months")
        if unknown := set(self.typologies) - set(NAMES):
            raise ValueError(f"typologies are {', '.join(NAMES)}, not {', '.join(sorted(unknown))}")
        named = set(self.hubs).union(*(shock.hubs for shock in self.shocks))
        if unknown := named - set(COUNTRIES):
            raise ValueError(f"no country of this world: {', '.join(sorted(unknown))}")
        return self

    @property
    def calendar(self) -> Calendar:
        """Its days and months."""
        return Calendar(day(self.first), day(self.last))

    def strength(self, first: int, last: int) -> float:
        """How far evasion has grown in the middle of these days, 0 to 1."""
        since = (first + last) / 2 - day(self.evasion_from)
        return float(np.clip(since / max(self.ramp_days, 1), 0, 1))

    def events(self) -> dict[str, date]:
        """Every shock of its span by name: its own, new versions of the list, the change of HS."""
        return {name: on for name, on in sorted(self._all_events(), key=lambda event: event[1])
                if self.first < on <= self.last}  # fmt: skip

    def _all_events(self) -> Iterator[tuple[str, date]]:
        yield "evasion begins", self.evasion_from
        yield "HS 2022", _date(HS2022_FROM)
        for since in sorted(set(column("listed_from")[column("listed")])):
            yield f"priority list of {_date(since)}", _date(since)
        for shock in self.shocks:
            yield shock.name, shock.on

    def scaled(self, times: float) -> Self:
        """The same with more or less evasion, at most a tenth of all rows."""
        return self.model_copy(update={"evasion": min(self.evasion * times, 0.1)})

    def only(self, *typologies: str) -> Self:
        """The same with these typologies alone."""
        kept = {name: self.typologies[name] for name in typologies}
        return self.model_copy(update={"typologies": kept})


def scenario_names() -> list[str]:
    """The built-in scenarios, `default` first."""
    return sorted(
        (path.stem for path in BUILT_IN.glob("*.toml")), key=lambda n: (n != "default", n)
    )


def _settings(source: Path) -> dict[str, Any]:
    try:
        given = tomllib.loads(source.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ScenarioError(f"{source.name}: not TOML: {error}") from None
    base = given.pop("based_on", None)
    if base is None:
        return given
    if base not in scenario_names() or BUILT_IN / f"{base}.toml" == source:
        known = ", ".join(scenario_names())
        raise ScenarioError(f"{source.name}: based_on must be one of {known}, not {base!r}")
    return _merged(_settings(BUILT_IN / f"{base}.toml"), given)


def _merged(base: dict[str, Any], over: dict[str, Any]) -> dict[str, Any]:
    """Settings over settings; `hubs` are one value and are replaced as a whole."""
    both = [
        name for name in over if isinstance(over[name], dict) and isinstance(base.get(name), dict)
    ]
    tables = [name for name in both if name != "hubs"]
    return base | over | {name: _merged(base[name], over[name]) for name in tables}


def _faults(error: ValidationError) -> Iterator[str]:
    for fault in error.errors(include_url=False):
        where = ".".join(map(str, fault["loc"])) or "scenario"
        yield f"{where}: {fault['msg']} (it is {str(fault['input'])[:60]})"


def _date(days: int) -> date:
    return np.datetime64(int(days), "D").astype(date)
