"""Imports point one way, and scoring needs none of the heavy libraries of training."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).parents[2]

# Each may import those before it.
ORDER = ("features", "models", "serving", "training", "shiprisk")

# Kept apart from its folder's public names because it loads MLflow.
HEAVY = {"shiprisk.training.tracking"}

# MLflow runs this file by its path, outside any package: it imports as a stranger does.
BY_PATH = {Path("serving/pyfunc_model.py")}

# What public names may need that a plain installation does not bring.
EXTRAS = ("pyspark",)

TRAINING_ONLY = ("mlflow", "shap", "sklearn", "matplotlib")


def files(*folders: str) -> list[Path]:
    return [path for folder in folders for path in sorted((ROOT / folder).rglob("*.py"))]


def public_names(folder: str) -> set[str]:
    tree = ast.parse((ROOT / folder / "__init__.py").read_text(encoding="utf-8"))
    for node in tree.body:
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "__all__":
            return set(ast.literal_eval(node.value))
    raise AssertionError(f"{folder}/__init__.py has no __all__")


def breaches(source: str, path: Path) -> Iterator[str]:
    """Every import of a file (its path from the root) that does not keep to the rules."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            for name in (alias.name for alias in node.names):
                if name != "shiprisk" and name.split(".")[0] in ORDER:
                    yield f"{path}:{node.lineno} import {name}: say `from shiprisk.… import …`"
        elif isinstance(node, ast.ImportFrom) and node.level:
            wrong = _relative(node, path)
            if wrong:
                yield f"{path}:{node.lineno} {ast.unparse(node)}: {wrong}"
        elif isinstance(node, ast.ImportFrom) and str(node.module).split(".")[0] in ORDER:
            wrong = _absolute(node, path)
            if wrong:
                yield f"{path}:{node.lineno} {ast.unparse(node)}: {wrong}"


def _relative(node: ast.ImportFrom, path: Path) -> str:
    if path in BY_PATH:
        return "a file that is run by its path has no package"
    if node.level >= len(path.parts):
        return "leaves the folder; go through the other folder's public names"
    front_door = path.parts[0] == "shiprisk" and node.level == len(path.parts) - 1
    firsts = {str(node.module).split(".")[0]} if node.module else {name.name for name in node.names}
    if front_door and firsts & set(ORDER):
        return "another folder; go through its public names"
    return ""


def _absolute(node: ast.ImportFrom, path: Path) -> str:
    module, here = str(node.module), path.parts[0]
    parts = module.split(".")
    if parts[0] != "shiprisk" or len(parts) == 1:
        return "folders are imported as shiprisk.<folder>"
    folder = parts[1]
    if folder not in ORDER[:-1]:
        return "the front door is for users; inside it, imports are relative"
    if folder == here and path not in BY_PATH:
        return "inside a folder imports are relative"
    if ORDER.index(folder) > ORDER.index(here):
        return f"{here} comes before {folder}"
    names = {alias.name for alias in node.names}
    private = {name for name in names if name.startswith("_")}
    if module not in HEAVY:
        private = names - public_names(folder) if len(parts) == 2 else names
    return f"not public: {', '.join(sorted(private))}" if private else ""


def imported(source: str) -> set[str]:
    """The distributions' packages that a file imports anywhere, also inside functions."""
    nodes = list(ast.walk(ast.parse(source)))
    plain = {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
    froms = {str(n.module) for n in nodes if isinstance(n, ast.ImportFrom) and not n.level}
    return {name.split(".")[0] for name in plain | froms}


def test_imports_point_one_way_through_public_names() -> None:
    checked = files(*ORDER)
    assert len(checked) > 50
    found = [
        breach
        for path in checked
        for breach in breaches(path.read_text(encoding="utf-8"), path.relative_to(ROOT))
    ]
    assert not found, "\n".join(found)


@pytest.mark.parametrize(
    ("path", "line"),
    [
        ("features/block.py", "from shiprisk.models import RiskModel"),
        ("models/lanes.py", "from shiprisk.training import train"),
        ("serving/scorer.py", "from shiprisk.training.tracking import track"),
        ("training/train.py", "from shiprisk.features.history import History"),
        ("training/train.py", "from shiprisk.features import no_such_public_name"),
        ("training/train.py", "from shiprisk.training import Settings"),
        ("training/train.py", "from shiprisk.serving.http import _may_ask"),
        ("training/train.py", "from ..features import History"),
        ("training/world/goods.py", "from ...features import History"),
        ("training/train.py", "from features import History"),
        ("training/train.py", "import features.history"),
        ("training/train.py", "import shiprisk.features"),
        ("training/train.py", "from shiprisk import features"),
        ("training/train.py", "from shiprisk.cli import app"),
        ("training/train.py", "def late():\n    from shiprisk.cli import app"),
        ("shiprisk/commands/worlds.py", "from ..features import History"),
        ("shiprisk/commands/worlds.py", "from .. import serving"),
        ("serving/pyfunc_model.py", "from .scorer import Scorer"),
        ("serving/pyfunc_model.py", "from shiprisk.serving.scorer import Scorer"),
    ],
)
def test_what_breaks_the_rule_is_found(path: str, line: str) -> None:
    assert list(breaches(line, Path(path)))


@pytest.mark.parametrize(
    ("path", "line"),
    [
        ("training/train.py", "from shiprisk.features import History, Records"),
        ("training/world/goods.py", "from ..settings import Settings"),
        ("shiprisk/commands/worlds.py", "from shiprisk.training.tracking import track"),
        ("shiprisk/commands/worlds.py", "from .. import printing"),
        ("training/tracking.py", "import shiprisk"),
        ("serving/pyfunc_model.py", "from shiprisk.serving import Scorer"),
    ],
)
def test_what_keeps_the_rule_is_left_alone(path: str, line: str) -> None:
    assert not list(breaches(line, Path(path)))


@pytest.mark.parametrize("folder", ORDER[:-1])
def test_public_names_are_listed_once_and_exist(folder: str) -> None:
    module = __import__(f"shiprisk.{folder}", fromlist=["__all__"])
    assert len(set(module.__all__)) == len(module.__all__)
    assert [name for name in module.__all__ if not exists(module, name)] == []


def exists(module: ModuleType, name: str) -> bool:
    """Whether a module has a public name, if only its extra were installed."""
    try:
        return hasattr(module, name)
    except ModuleNotFoundError as error:
        return str(error.name).split(".")[0] in EXTRAS


def test_scoring_imports_no_library_of_training() -> None:
    # MLflow downloads models and runs the pyfunc file, and `explain` makes what shap draws; each
    # imports them where it needs them.
    may = {"bundle.py": {"mlflow"}, "pyfunc_model.py": {"mlflow"}, "scorer.py": {"shap"}}
    for path in files("features", "models", "serving"):
        used = imported(path.read_text(encoding="utf-8")).intersection(TRAINING_ONLY)
        allowed = may.get(path.name, set()) if path.parent.name == "serving" else set()
        assert used <= allowed, path


def run(code: str, *arguments: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", code, *arguments],
        cwd=ROOT,
        capture_output=True,
        text=True,
        encoding="utf-8",
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_importing_the_scorer_is_light() -> None:
    # LightGBM itself imports scikit-learn and, before 4.7, matplotlib: they are not among these.
    heavy = run(
        "import sys, shiprisk.serving\n"
        "print([n for n in ('mlflow', 'shap', 'fastapi', 'sqlalchemy') if n in sys.modules])"
    )
    assert heavy.strip() == "[]"


def test_scores_are_given_where_training_libraries_are_absent(bundle: Path, world: Path) -> None:
    told = run(
        "import sys\n"
        "for name in ('mlflow', 'shap', 'sklearn', 'matplotlib', 'fastapi', 'sqlalchemy'):\n"
        "    sys.modules[name] = None\n"  # from here on `import name` raises ImportError
        "import pandas as pd\n"
        "from shiprisk.serving import Scorer\n"
        "rows = pd.read_parquet(sys.argv[2]).tail(3)\n"
        "print(Scorer.load(sys.argv[1]).score(rows)['risk'].between(0, 1).sum())",
        str(bundle),
        str(world / "declarations.parquet"),
    )
    assert told.strip() == "3"


def test_asking_the_command_line_for_help_loads_no_model_library() -> None:
    heavy = run(
        "import sys, shiprisk.cli\n"
        "print([n for n in ('pandas', 'lightgbm', 'mlflow') if n in sys.modules])"
    )
    assert heavy.strip() == "[]"
