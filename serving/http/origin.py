"""Where the service finds its model and history, and how it tells that they are others now."""

from dataclasses import dataclass, field
from pathlib import Path

from ..bundle import downloaded, resolved
from ..scorer import Scorer
from .service import InUse

_FILES = ("booster.txt", "model.json", "history/history.json")


@dataclass(frozen=True)
class Found:
    """What is there now. address: of the model. signature: differs where anything does."""

    address: str
    signature: str


@dataclass(frozen=True)
class Origin:
    """A model, by its directory or MLflow address, and a history where it is not the model's own.

    A version of the registry never changes, so an address is asked again only for what its alias
    points to. Directories are told apart by their files: put a newer one in their place by
    renaming, or by pointing a symbolic link to it, never by writing into one that is in use.
    """

    model: str
    history: Path | None = None
    tracking_uri: str | None = None
    _directories: dict[str, Path] = field(default_factory=dict)

    def newest(self) -> Found:
        """What is there now; ModelError where the registry or the directory does not answer."""
        address = resolved(self.model, self.tracking_uri)
        files = [] if self._stored else [Path(address) / name for name in _FILES]
        if self.history:
            files.append(self.history / "history.json")
        return Found(address, " ".join([address, *map(_signature, files)]))

    def load(self, found: Found) -> InUse:
        """A warm scorer of what was found; ModelError or HistoryError where it cannot be used."""
        if self._stored and found.address not in self._directories:
            self._directories[found.address] = downloaded(found.address, self.tracking_uri)[1]
        directory = self._directories.get(found.address, Path(found.address))
        return InUse.warmed(Scorer.load(directory.resolve(), self._history()), found.address)

    @property
    def _stored(self) -> bool:
        return self.model.startswith(("models:/", "runs:/"))

    def _history(self) -> Path | None:
        # Resolved: the files that are mapped must all be of the same one.
        return self.history.resolve() if self.history else None


def _signature(file: Path) -> str:
    if not file.exists():
        return "none"
    state = file.stat()
    return f"{state.st_dev}:{state.st_ino}:{state.st_mtime_ns}:{state.st_size}"
