"""A history on disk: plain numbers, mapped into memory, and two readable files; no pickle."""

import hashlib
import json
from collections.abc import Mapping
from contextlib import ExitStack
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import numpy as np

from ..block import Node
from ..fingerprint import ledger_fingerprint
from ..keys import hashed
from ..lists import changed_lists, list_versions
from ..trailing import LedgerKey
from .contacts import Contacts
from .history import History
from .parties import ListedParties
from .register import Register
from .shelf import ARRAYS, Shelf, sizes
from .statistics import Statistics

_FORMAT = 5
_INDEX = "history.json"


class HistoryError(ValueError):
    """A history on disk that these signals cannot use."""


def save_history(history: History, directory: Path) -> None:
    """Write a history; the same history gives the same bytes.

    Ledgers are merged and written one after the other: memory holds one at a time.
    """
    directory.mkdir(parents=True, exist_ok=True)
    described = []
    with ExitStack() as open_files:
        files = [open_files.enter_context((directory / f"{x}.bin").open("wb")) for x in ARRAYS]
        for key, ledger in history.merged():
            for file, name in zip(files, ARRAYS, strict=True):
                getattr(ledger, name).tofile(file)
            columns = history.ledgers[key]
            described.append(
                {
                    **asdict(key),
                    "columns": columns,
                    "made_by": ledger_fingerprint(key, columns, history.nodes),
                    "sizes": sizes(ledger),
                }
            )
    history.register.save(directory / "register.arrow")
    history.statistics.save(directory)
    history.parties.save(directory / "listed_parties.arrow")
    history.contacts.save(directory / "contacts.arrow")
    index = {
        "format": _FORMAT,
        "through": str(history.through),
        "hash_probe": _hash_probe(),
        "lists": list_versions(),
        "ledgers": described,
    }
    index["digest"] = _digest(directory, index)
    (directory / _INDEX).write_text(json.dumps(index, indent=1), encoding="utf-8")


def load_saved(directory: Path, nodes: Mapping[str, Node]) -> History:
    """Map a saved history into memory; HistoryError where it does not fit the given nodes."""
    try:
        index = json.loads((directory / _INDEX).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise HistoryError(f"{directory} holds no readable history: {error}") from error
    if index.get("format") != _FORMAT or index.get("hash_probe") != _hash_probe():
        raise HistoryError(f"{directory} was written in another format; build the history again")
    _check_lists(index.get("lists", {}), directory)
    stored = {LedgerKey(tuple(x["by"]), x["on"], x["ranked"]): x for x in index["ledgers"]}
    history = History(
        nodes,
        register=Register.load(directory / "register.arrow"),
        through=np.datetime64(index["through"], "D"),
        statistics=Statistics.load(directory),
        parties=ListedParties.load(directory / "listed_parties.arrow"),
        contacts=Contacts.load(directory / "contacts.arrow"),
        digest=index.get("digest", ""),
    )
    _check_fits(history, {key: x["made_by"] for key, x in stored.items()}, directory)
    shelf = Shelf.over(
        {key: x["sizes"] for key, x in stored.items()},
        [_mapped(directory / f"{name}.bin", kind) for name, kind in ARRAYS.items()],
    )
    return replace(history, shelves=(shelf.ordered(history.ledgers),))


def _mapped(path: Path, kind: type) -> np.ndarray:
    """A file as an array that is read where it is looked at; an empty one cannot be mapped."""
    return np.memmap(path, kind, "r") if path.stat().st_size else np.empty(0, kind)


def _check_fits(history: History, made_by: Mapping[LedgerKey, str], directory: Path) -> None:
    differing = [
        key.name
        for key, columns in history.ledgers.items()
        if made_by.get(key) != ledger_fingerprint(key, columns, history.nodes)
    ]
    if differing:
        raise HistoryError(
            f"the history in {directory} lacks, or was made by another definition of: "
            f"{', '.join(differing)}. Build it again with these signals."
        )


def _check_lists(recorded: Mapping[str, str], directory: Path) -> None:
    """Totals of listed goods counted what was listed when they were made."""
    if changed := changed_lists(recorded):
        raise HistoryError(
            f"the history in {directory} was made with other lists: {', '.join(changed)}. Build "
            "it again from the records, or use the version of shiprisk that made it."
        )


def _digest(directory: Path, index: Mapping[str, Any]) -> str:
    """Thirty-two characters that tell this history from any other, from all that is written."""
    whole = hashlib.sha256(json.dumps(index).encode())
    for path in sorted(directory.iterdir()):
        if path.is_file() and path.name != _INDEX:
            with path.open("rb") as file:
                whole.update(hashlib.file_digest(file, "sha256").digest())
    return whole.hexdigest()[:32]


def _hash_probe() -> str:
    """Changes where text would hash differently than it does now."""
    return str(hashed(np.array(["KZ", "8542310000"], dtype=object)).tolist())
