"""What the wheel holds, and that it works where the checkout is out of sight."""

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
FOLDERS = ("features", "models", "serving", "training")
DATA = (
    "shiprisk/features/lists/priority.csv",
    "shiprisk/features/lists/hs_2017_to_2022.csv",
    "shiprisk/features/lists/goods_of_concern.csv",
    "shiprisk/features/lists/cannibalised_goods.csv",
    "shiprisk/features/lists/brands.csv",
    "shiprisk/features/lists/value_thresholds.csv",
    "shiprisk/training/world/goods.csv",
    "shiprisk/training/world/brands.csv",
    "shiprisk/training/world/hs2017.csv",
    "shiprisk/training/world/scenarios/default.toml",
    "shiprisk/training/world/groups.csv",
    "shiprisk/training/world/routes.csv",
    "shiprisk/serving/desk/templates/desk.js",
    "shiprisk/serving/words/kk/signals.toml",
    "shiprisk/py.typed",
)


def built(*options: str, into: Path) -> Path:
    """Build into a directory; the wheel that came out."""
    command = [sys.executable, "-m", "build", "--no-isolation", "--outdir", str(into)]
    done = subprocess.run(
        [*command, *options, str(ROOT)], capture_output=True, text=True, encoding="utf-8"
    )
    assert done.returncode == 0, done.stdout + done.stderr
    (wheel,) = into.glob("*.whl")
    return wheel


def names(wheel: Path) -> set[str]:
    """The files of a wheel beside its dist-info."""
    with zipfile.ZipFile(wheel) as packed:
        return {name for name in packed.namelist() if ".dist-info/" not in name}


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return built("--wheel", into=tmp_path_factory.mktemp("dist"))


@pytest.fixture(scope="module")
def unpacked(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A directory with the wheel's files, as an installer would lay them out."""
    directory = tmp_path_factory.mktemp("installed")
    with zipfile.ZipFile(wheel) as packed:
        packed.extractall(directory)
    return directory


def test_every_module_and_data_file_is_inside(wheel: Path) -> None:
    inside = names(wheel)
    sources = [
        path.relative_to(ROOT).as_posix() for name in FOLDERS for path in (ROOT / name).rglob("*")
        if path.suffix in {".py", ".csv", ".html", ".css", ".js", ".svg"}
    ]  # fmt: skip
    assert len(sources) > 50
    assert {f"shiprisk/{source}" for source in sources} <= inside
    assert {f"shiprisk/{path.name}" for path in (ROOT / "shiprisk").glob("*.py")} <= inside
    assert set(DATA) <= inside


def test_nothing_lands_outside_the_package(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as packed:
        tops = {name.split("/")[0] for name in packed.namelist()}
    assert {top for top in tops if not top.endswith(".dist-info")} == {"shiprisk"}
    assert len(tops) == 2


def test_the_wheel_carries_the_package_and_nothing_else(wheel: Path) -> None:
    inside = names(wheel)
    kinds = {Path(name).suffix for name in inside}
    assert kinds <= {".py", ".csv", ".toml", ".typed", ".html", ".css", ".js", ".svg"}
    assert [name for name in inside if "test" in name or "__pycache__" in name] == []


def test_the_command_and_the_licence_are_declared(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as packed:
        info = {
            name.split(".dist-info/")[1]: name for name in packed.namelist() if "-info/" in name
        }
        command = packed.read(info["entry_points.txt"]).decode()
    assert "shiprisk = shiprisk.cli:app" in command
    assert "licenses/LICENSE" in info


def test_the_source_archive_gives_the_same_wheel(wheel: Path, tmp_path: Path) -> None:
    # Without options, `build` makes the archive and then the wheel from what the archive holds.
    assert names(built(into=tmp_path)) == names(wheel)


def told(code: str, installed: Path, *arguments: str) -> list[str]:
    """Lines printed by code that sees the unpacked wheel and other packages, not the checkout.

    -I and -S: no environment, no current directory, no .pth file of an editable install.
    """
    others = [path for path in sys.path if Path(path).name in {"site-packages", "dist-packages"}]
    paths = [str(installed), *others]
    done = subprocess.run(
        [
            sys.executable,
            "-I",
            "-S",
            "-c",
            f"import sys\nsys.path += {paths!r}\n{code}",
            *arguments,
        ],
        cwd=installed,
        env={**os.environ, "OMP_NUM_THREADS": "1"},
        capture_output=True,
        text=True,
        encoding="utf-8",
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()


def test_the_installed_package_is_the_one_that_is_imported(unpacked: Path) -> None:
    places = told(
        "import shiprisk, shiprisk.features, shiprisk.models, shiprisk.serving, shiprisk.training\n"
        "import shiprisk.serving.http.running, shiprisk.training.world, shiprisk.cli\n"
        "for name, module in sorted(sys.modules.items()):\n"
        "    if name.split('.')[0] == 'shiprisk':\n"
        "        print(module.__file__)",
        unpacked,
    )
    assert len(places) > 50
    assert [
        place for place in places if not Path(place).is_relative_to(unpacked / "shiprisk")
    ] == []


def test_the_folders_own_names_stay_free(unpacked: Path) -> None:
    found = told(
        "import importlib.util, shiprisk.training\n"
        f"for name in {FOLDERS}:\n"
        "    print(importlib.util.find_spec(name))",
        unpacked,
    )
    assert found == ["None"] * len(FOLDERS)


def test_a_round_trip_with_the_installed_package(
    unpacked: Path, bundle: Path, tmp_path: Path
) -> None:
    count, records, scores = told(
        "from pathlib import Path\n"
        "from shiprisk.features import SIGNALS, read_records\n"
        "from shiprisk.serving import Scorer\n"
        "from shiprisk.training import simulate\n"
        "print(len(SIGNALS))\n"
        "simulate(Path(sys.argv[2]), 500, 1)\n"
        "declarations = read_records(sys.argv[2]).declarations\n"
        "print(len(declarations))\n"
        # The bundle was made by the checkout's code: a changed copy would refuse to load it.
        "scores = Scorer.load(sys.argv[1]).score_validated(declarations)\n"
        "print(scores['risk'].between(0, 1).sum())",
        unpacked,
        str(bundle),
        str(tmp_path / "world"),
    )
    assert int(count) > 20
    assert records == scores == "500"
