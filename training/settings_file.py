"""Settings of the trees in a TOML file, as tuning writes them and training takes them."""

import tomllib
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from .settings import Settings, TrainingError


class TreeSettings(BaseModel):
    """What such a file may hold; what it leaves out stays as it is."""

    model_config = ConfigDict(extra="forbid", strict=True)

    learning_rate: float | None = Field(None, gt=0, le=1)
    leaves: int | None = Field(None, ge=2, le=1024)
    depth: int | None = Field(None, ge=1, le=12)
    least_rows_in_leaf: int | None = Field(None, ge=1)
    members: int | None = Field(None, ge=1, le=20)
    hidden_share: float | None = Field(None, ge=0, le=0.9)
    most_trees: int | None = Field(None, ge=1, le=10_000)
    patience: int | None = Field(None, ge=1)


def with_file(settings: Settings, path: Path) -> Settings:
    """The settings with those of a file in their place; TrainingError names file and faults."""
    try:
        told = tomllib.loads(path.read_text(encoding="utf-8"))
        found = TreeSettings(**told)
    except ValidationError as error:
        faults = "; ".join(f"{_where(x['loc'])}: {x['msg']}" for x in error.errors())
        allowed = ", ".join(TreeSettings.model_fields)
        raise TrainingError(f"{path}: {faults} (it may hold {allowed})") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise TrainingError(f"{path} is no TOML file: {error}") from None
    return replace(settings, **found.model_dump(exclude_none=True))


def write_settings(settings: Settings, path: Path, remarks: Sequence[str] = ()) -> None:
    """Write the settings of the trees, remarks above them."""
    lines = [f"# {remark}" for remark in remarks]
    lines += [f"{name} = {getattr(settings, name)!r}" for name in TreeSettings.model_fields]
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def _where(place: tuple[int | str, ...]) -> str:
    return ".".join(map(str, place)) or "file"
