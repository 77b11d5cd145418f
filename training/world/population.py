"""Who trades and how: all firms and all their channels, with the volume of each."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from .channels import USUAL_SLOT, honest_channels
from .dates import FIRST, LAST, busy_days
from .draw import Generator
from .evasion import Typology
from .firms import Means, distributors, ordinary, starters


def populate(rng: Generator, declarations: int,
             typologies: Sequence[Typology]) -> tuple[pd.DataFrame, pd.DataFrame]:  # fmt: skip
    """All firms, and all channels with a weight each: its share of the world's rows."""
    means = Means.of(declarations)
    dealers = max(4, declarations // 700)
    parts = [ordinary(rng, means, means.firms), distributors(rng, means, dealers),
             starters(rng, means, max(4, declarations // 300))]  # fmt: skip
    parts += [typology.firms(rng, means, declarations) for typology in typologies]
    # Mixed, so that neither a firm's number nor its place tells what it is.
    firms = pd.concat(parts).sample(frac=1, random_state=rng, ignore_index=True)
    channels = [honest_channels(rng, means, firms)]
    for typology in typologies:
        firm = np.flatnonzero(firms["role"] == typology.name)
        channels.append(typology.channels(rng, means, firms, firm))
    return firms, _volumes(firms, pd.concat(channels, ignore_index=True), typologies)


def _volumes(
    firms: pd.DataFrame, channels: pd.DataFrame, typologies: Sequence[Typology]
) -> pd.DataFrame:
    """Weights that give every typology, and the honest trade of its firms, their shares."""
    channels["last"] = np.clip(channels["last"], channels["first"] + 3, LAST)
    channels["first"] = np.clip(channels["first"], FIRST, channels["last"])
    channels = channels[channels["last"] >= FIRST].reset_index(drop=True)
    first, last = channels["first"].to_numpy(), channels["last"].to_numpy()
    open_share = busy_days(first, last) / busy_days(np.array([FIRST]), np.array([LAST]))
    outgoing = channels["direction"].map({"onward": 0.7, "export": 0.6}).fillna(1.0)
    weight = channels["weight"] * open_share * outgoing
    channels["weight"] = _scaled(firms, channels, weight, typologies)
    return channels[channels["weight"] > 0].reset_index(drop=True)


def _scaled(firms: pd.DataFrame, channels: pd.DataFrame, weight: pd.Series,
            typologies: Sequence[Typology]) -> pd.Series:  # fmt: skip
    role = firms["role"].to_numpy()[channels["firm"]]
    diverting = sum(channels[f"diverts_{slot}"] * share for slot, share in enumerate(USUAL_SLOT))
    scaled = weight.copy()
    for typology in typologies:
        evasive = channels["typology"] == typology.name
        scaled[evasive] = _to_total(weight[evasive], typology.share, diverting[evasive])
        honest = (role == typology.name) & ~evasive
        scaled[honest] = _to_total(weight[honest], typology.share * typology.honest_rows)
    dealers = {"distributor": 0.075, "starter": 0.05}
    for name, share in dealers.items():
        scaled[role == name] = _to_total(weight[role == name], share)
    common = role == "ordinary"
    scaled[common] = _to_total(weight[common], 1 - scaled[~common].sum())
    return scaled


def _to_total(weight: pd.Series, total: float, counted: pd.Series | float = 1.0) -> pd.Series:
    amount = float((weight * counted).sum())
    return weight * (total / amount if amount > 0 else 0.0)
