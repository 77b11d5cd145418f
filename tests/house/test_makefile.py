"""What a newcomer and a build server meet first: `make`, `.ci/run`, and files without hosts."""

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
VERBS = ("demo", "test", "check", "serve", "docs")

# In parts, so that this file does not hold what it forbids.
HOSTS = [
    "pypi" + ".org",
    "python" + "hosted.org",
    "ana" + "conda.org",
    "npm" + "js.org",
]


def run(*command: str) -> str:
    """What a command prints when it is started in the root, as if not from within make."""
    made = {name: value for name, value in os.environ.items() if not name.startswith("MAKE")}
    made.pop("MFLAGS", None)
    done = subprocess.run(
        command, cwd=ROOT, env=made, capture_output=True, text=True, encoding="utf-8"
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture
def make() -> str:
    return shutil.which("make") or pytest.skip("there is no make here")


@pytest.fixture(scope="module")
def committed() -> list[Path]:
    """The files that git keeps, those staged included."""
    if not shutil.which("git") or not (ROOT / ".git").exists():
        pytest.skip("this is no git checkout")
    listed = run("git", "ls-files", "-z").split("\0")
    return [ROOT / name for name in listed if name and (ROOT / name).is_file()]


def test_plain_make_lists_the_verbs(make: str) -> None:
    lines = run(make).splitlines()
    explained = {
        match[1] for line in lines if (match := re.fullmatch(r"make (\w+) {2,}\S.*", line.strip()))
    }
    assert set(VERBS) <= explained


@pytest.mark.parametrize("verb", VERBS)
def test_each_listed_verb_can_be_made(make: str, verb: str) -> None:
    assert run(make, "--dry-run", verb).strip()


def test_the_build_server_runs_the_tests() -> None:
    script = ROOT / ".ci" / "run"
    assert script.is_file()
    assert os.access(script, os.X_OK)
    lines = script.read_text(encoding="utf-8").splitlines()
    assert lines[0].startswith("#!")
    assert any(re.match(r"[^#]*\bmake\b.*\btest\b", line) for line in lines)


def test_no_committed_file_names_a_package_registry(committed: list[Path]) -> None:
    assert len(committed) > 50
    forbidden = re.compile("|".join(map(re.escape, HOSTS)), re.IGNORECASE)
    named = {}
    for path in committed:
        text = path.read_bytes().decode("utf-8", errors="replace")
        if found := forbidden.search(text):
            named[path.relative_to(ROOT).as_posix()] = found[0]
    assert named == {}


def test_the_lock_leaves_the_choice_of_index_to_who_installs() -> None:
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    options = re.findall(r"^\s*(--(?!hash\b)[\w-]+|https?://\S+)", lock, re.MULTILINE)
    assert options == []
    pinned = re.findall(r"^([\w.\[\]-]+)==\S+", lock, re.MULTILINE)
    assert len(pinned) > 20
    assert " @ " not in lock


def test_what_git_keeps_is_no_work_of_a_run(committed: list[Path]) -> None:
    kept = {path.relative_to(ROOT).parts[0] for path in committed}
    assert kept.isdisjoint({"mlruns", "mlflow.db", "demo-run", ".venv", "dist", "build"})
