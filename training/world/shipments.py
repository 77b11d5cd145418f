"""From channels to goods items: what each declaration says."""

from functools import cache

import numpy as np
import pandas as pd

from .channels import SLOTS, USUAL_SLOT
from .dates import draw_days
from .draw import Array, Generator, chance, kept, pick, spread_evenly
from .firms import bin_numbers
from .goods import goods, origin_price

ENDINGS = (
    "",
    "",
    "",
    ", new",
    ", новые",
    ", в ассортименте",
    ", for retail sale",
    ", lot 2",
    ", шт",
)
VAGUE = ("spare parts", "запчасти", "consumer goods", "товары народного потребления", "goods",
         "electronic parts", "комплектующие", "accessories", "оборудование", "set")  # fmt: skip

# Share of consignments that repeat the mass of an earlier one of the same channel.
STANDARD_LOADS = 0.2


def declare(rng: Generator, firms: pd.DataFrame, channels: pd.DataFrame,
            rows: int) -> pd.DataFrame:  # fmt: skip
    """One row per goods item, in order of day: what is declared and what is truly inside."""
    filed, items_each = _declarations(rng, channels, rows)
    at = np.repeat(np.arange(len(filed)), items_each)
    number = np.arange(rows) - np.repeat(np.cumsum(items_each) - items_each, items_each)
    items = filed.iloc[at].reset_index(drop=True)
    slot = (pick(rng, np.arange(SLOTS), len(filed), USUAL_SLOT)[at] + number) % SLOTS
    items["item_number"] = number + 1
    for name in ("goods", "inside", "diverts"):
        values = channels[[f"{name}_{n}" for n in range(SLOTS)]].to_numpy()
        items[name] = values[items["channel"].to_numpy(), slot]
    items["diverts"] = items["diverts"].astype(bool)
    return _previous(rng, _words(rng, _measures(rng, items)))


def _declarations(rng: Generator, channels: pd.DataFrame, rows: int) -> tuple[pd.DataFrame, Array]:
    """One row per declaration and its number of items, which add up to exactly `rows`."""
    items = np.where(chance(rng, 0.15, rows), 1 + np.minimum(rng.geometric(0.55, rows), 7), 1)
    count = int(np.searchsorted(np.cumsum(items), rows)) + 1
    items = items[:count]
    items[-1] -= items.sum() - rows
    chosen = spread_evenly(rng, channels["weight"].to_numpy(), count)
    day = draw_days(rng, channels["first"].to_numpy()[chosen], channels["last"].to_numpy()[chosen])
    order = np.argsort(day, kind="stable")
    filed = channels.drop(columns=[c for c in channels if c[-2:] in {"_0", "_1", "_2"}])
    filed = filed.iloc[chosen[order]].reset_index(drop=True)
    filed["channel"], filed["day"] = chosen[order], day[order]
    filed["declaration_id"] = _declaration_ids(filed)
    filed["files_itself"] = chance(rng, filed["own_filing"].to_numpy(), count)
    filed["partner_known"] = ~chance(rng, 0.03, count)
    filed["amendments"] = rng.poisson(filed["amends"].to_numpy())
    filed["trading"] = kept(filed["trading"], ~chance(rng, 0.35, count))
    return filed, items


def _declaration_ids(filed: pd.DataFrame) -> Array:
    """Office, day and number; for an onward movement the number of its waybill."""
    number = pd.Series(np.arange(1, len(filed) + 1)).astype(str).str.zfill(7).astype(object)
    day = pd.Series(pd.to_datetime(filed["day"], unit="D")).dt.strftime("%d%m%y").astype(object)
    office = filed["office"].astype(object)
    waybill = filed["direction"] == "onward"
    return np.where(waybill, "SNT-" + day + "-" + number, office + "/" + day + "/" + number)


def _measures(rng: Generator, items: pd.DataFrame) -> pd.DataFrame:
    """Masses, packages, quantity and value; what is inside shows as far as the channel blends."""
    size, blend = len(items), np.where(items["diverts"], items["blend"], 0.0)

    def usual(column: str) -> Array:
        values = np.log(goods()[column].to_numpy() + 1e-9)
        return (1 - blend) * values[items["goods"]] + blend * values[items["inside"]]

    # Some orders are the channel's standard load again, to the kilogram.
    varied = np.where(chance(rng, STANDARD_LOADS, size), 0.0, rng.normal(0, 0.75, size))
    mass = usual("mass") + items["mass_level"] + varied
    net = np.exp(mass.to_numpy())
    tare = np.exp(usual("tare") + rng.normal(0, 0.35, size))
    spread = 0.55 * goods()["spread"].to_numpy()[items["goods"]]
    price = usual("price") + origin_price(items["origin"]) + items["price_level"]
    items["net_mass_kg"] = np.maximum(np.round(net, 2), 0.01)
    items["gross_mass_kg"] = np.round(items["net_mass_kg"] * (1 + tare) + 0.01, 2)
    packs = net / np.exp(usual("pack") + rng.normal(0, 0.3, size))
    items["packages"] = np.maximum(np.ceil(packs), 1.0)
    value = np.exp(price.to_numpy() + spread * rng.normal(0, 1, size)) * items["net_mass_kg"]
    items["customs_value_usd"] = np.maximum(np.round(value, 2), 1.0)
    items.loc[chance(rng, 0.02, size), "gross_mass_kg"] = np.nan
    return _supplementary(rng, items)


def _supplementary(rng: Generator, items: pd.DataFrame) -> pd.DataFrame:
    """Quantity in the code's second unit, sometimes left out."""
    catalogue = goods()
    unit = catalogue["unit"].to_numpy(dtype=object)[items["goods"]]
    piece = np.maximum(catalogue["piece"].to_numpy()[items["goods"]], 1e-6)
    quantity = np.round(items["net_mass_kg"] / piece * np.exp(rng.normal(0, 0.2, len(items))))
    given = (unit != "") & ~chance(rng, 0.07, len(items))
    items["supplementary_quantity"] = np.where(given, np.maximum(quantity, 1.0), np.nan)
    items["supplementary_unit"] = kept(unit, given)
    return items


@cache
def _phrases() -> Array:
    """Three phrasings for every code."""
    words = [text.split("|") for text in goods()["words"]]
    return np.array([(row * 3)[:3] for row in words], dtype=object)


def _words(rng: Generator, items: pd.DataFrame) -> pd.DataFrame:
    """The description: of the goods declared, at times of others, vague, or missing."""
    size, catalogue = len(items), goods()
    slips = items["diverts"] & chance(rng, items["slips"].to_numpy(), size)
    confused = chance(rng, 0.25 * items["untidy"].to_numpy(), size)
    neighbour = catalogue["passes_for"].to_numpy()[items["goods"]]
    meant = np.where(slips, items["inside"], np.where(confused, neighbour, items["goods"]))
    phrases = _phrases()[meant, rng.integers(0, 3, size)]
    text = (phrases + pick(rng, np.array(ENDINGS, dtype=object), size)).astype(object)
    vague = chance(rng, items["vague"].to_numpy(), size)
    text = np.where(vague, pick(rng, np.array(VAGUE, dtype=object), size), text)
    items["description"] = kept(text, ~chance(rng, 0.04, size))
    return items


def _previous(rng: Generator, items: pd.DataFrame) -> pd.DataFrame:
    """The code on the document before: often none, mostly the same, as exact as that document."""
    size, catalogue = len(items), goods()
    codes = catalogue["hs_code"].to_numpy(dtype=object)
    shown = items["diverts"] & chance(rng, items["reveals"].to_numpy(), size)
    confused = chance(rng, items["untidy"].to_numpy(), size)
    neighbour = catalogue["passes_for"].to_numpy()[items["goods"]]
    row = np.where(shown, items["inside"], np.where(confused, neighbour, items["goods"]))
    short = pd.Series(codes)
    by_digits = {digits: short.str[:digits].to_numpy(dtype=object) for digits in (6, 8, 10)}
    exact = items["previous_digits"].to_numpy()
    code = np.select([exact == 6, exact == 8], [by_digits[6][row], by_digits[8][row]], codes[row])
    given = chance(rng, items["documented"].to_numpy(), size)
    items["previous_hs_code"] = kept(code, given)
    items["hs_code"] = codes[items["goods"]]
    return items


def trader_ids(firms: pd.DataFrame) -> Array:
    """The identifier of each firm, consistent with its registration day."""
    return bin_numbers(firms["registered"].to_numpy(), (firms["legal_form"] == "branch").to_numpy())
