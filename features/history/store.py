"""A history on disk: plain memory-mapped arrays and two readable files, no pickle."""

import json
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path

import numpy as np

from ..block import Node
from ..fingerprint import ledger_fingerprint
from ..keys import hashed
from ..trailing import LedgerKey
from .contacts import Contacts
from .history import History
from .ledger import Ledger
from .parties import ListedParties
from .register import Register

_FORMAT = 3
_ARRAYS = ("keys", "codes", "running")


class HistoryError(ValueError):
    """A history on disk that these signals cannot use."""


def save_history(history: History, directory: Path) -> None:
    """Write a history; the same history gives the same bytes."""
    directory.mkdir(parents=True, exist_ok=True)
    part = history.compacted().parts[0]
    ledgers = sorted(part.items(), key=lambda item: item[0].name)
    for array in _ARRAYS:
        np.save(directory / f"{array}.npy", np.concatenate([getattr(x, array) for _, x in ledgers]))
    history.register.save(directory / "register.arrow")
    history.parties.save(directory / "listed_parties.arrow")
    history.contacts.save(directory / "contacts.arrow")
    described = [
        {
            **asdict(key),
            "made_by": ledger_fingerprint(key, history.nodes),
            "lengths": [len(getattr(ledger, array)) for array in _ARRAYS],
        }
        for key, ledger in ledgers
    ]
    index = {
        "format": _FORMAT,
        "through": str(history.through),
        "hash_probe": _hash_probe(),
        "ledgers": described,
    }
    (directory / "history.json").write_text(json.dumps(index, indent=1), encoding="utf-8")


def load_history(directory: Path, nodes: Mapping[str, Node]) -> History:
    """Map a saved history into memory; HistoryError where it does not fit the given nodes."""
    try:
        index = json.loads((directory / "history.json").read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise HistoryError(f"{directory} holds no readable history: {error}") from error
    if index.get("format") != _FORMAT or index.get("hash_probe") != _hash_probe():
        raise HistoryError(f"{directory} was written in another format; build the history again")
    stored = {name: np.load(directory / f"{name}.npy", mmap_mode="r") for name in _ARRAYS}
    part, offsets, made_by = {}, [0, 0, 0], {}
    for described in index["ledgers"]:
        key = LedgerKey(
            tuple(described["by"]), described["of"], described["on"], described["binned"]
        )
        ends = [start + n for start, n in zip(offsets, described["lengths"], strict=True)]
        cuts = zip(_ARRAYS, offsets, ends, strict=True)
        part[key] = Ledger(*(stored[name][start:end] for name, start, end in cuts))
        made_by[key], offsets = described["made_by"], ends
    history = History(
        nodes,
        (part,),
        Register.load(directory / "register.arrow"),
        np.datetime64(index["through"], "D"),
        ListedParties.load(directory / "listed_parties.arrow"),
        Contacts.load(directory / "contacts.arrow"),
    )
    _check_fits(history, made_by, directory)
    return history


def _check_fits(history: History, made_by: Mapping[LedgerKey, str], directory: Path) -> None:
    differing = [
        key.name
        for key in history.ledger_keys()
        if made_by.get(key) != ledger_fingerprint(key, history.nodes)
    ]
    if differing:
        raise HistoryError(
            f"the history in {directory} lacks, or was made by another definition of: "
            f"{', '.join(differing)}. Build it again with these signals."
        )


def _hash_probe() -> str:
    """Changes where text would hash differently than it does now."""
    return str(hashed(np.array(["KZ", "8542310000"], dtype=object)).tolist())
