"""The code that travels with a model: the package as it is when installed, without training."""

import filecmp
import shutil
from collections.abc import Iterator
from pathlib import Path

import shiprisk

_FOLDERS = ("features", "models", "serving")


def staged(target: Path) -> Path:
    """Make a copy of the package, which MLflow stores beside the model."""
    leave = shutil.ignore_patterns("__pycache__", "*.pyi")
    target.mkdir()
    shutil.copy(_package() / "__init__.py", target)
    for folder in _FOLDERS:
        shutil.copytree(_beside() / folder, target / folder, ignore=leave)
    return target


def importable(stored: Path) -> Path:
    """From where to import the code of a model: where it is stored, or from here if it is the same.

    The same code is compiled here already; a copy of it would be compiled anew, for half a minute.
    stored: the directory that holds `shiprisk`.
    """
    copy, here = stored / "shiprisk", _beside()
    names = {name for folder in _FOLDERS for name in _files(here, folder)}
    same = names == {name for folder in _FOLDERS for name in _files(copy, folder)} and all(
        filecmp.cmp(copy / name, here / name, shallow=False) for name in names
    )
    return _package().parent if same else stored


def _files(root: Path, folder: str) -> Iterator[Path]:
    for path in (root / folder).rglob("*"):
        if path.is_file() and "__pycache__" not in path.parts and path.suffix != ".pyi":
            yield path.relative_to(root)


def _package() -> Path:
    return Path(shiprisk.__file__).parent


def _beside() -> Path:
    """The directory that holds the folders: the package, or in a checkout the one around it."""
    package = _package()
    return package if (package / "features").is_dir() else package.parent
