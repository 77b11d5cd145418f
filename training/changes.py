"""Changes of the champion, each on record: who, when, why, on what figures, instead of whom.

Each change is a run of its own in the experiment `shiprisk-champions`, and is never rewritten. The
order of writes makes it whole wherever it is cut off: first the run, with everything that is to be
known of the change (the intent); then the alias, which alone decides; then the mark that the change
took effect. What a killed command left half done is settled by the next change.
"""

import getpass
import json
import os
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime

from mlflow.entities import Run, RunStatus

from .errors import RegistryError
from .registry import CHALLENGER, CHAMPION, Registry
from .store import experiment_id

EXPERIMENT = "shiprisk-champions"
FIRST, PROMOTION, ROLLBACK = "first", "promotion", "rollback"

_CHANGE, _TOOK_EFFECT = "shiprisk.change", "shiprisk.took_effect"
_MOST = 10_000


@dataclass(frozen=True)
class Change:
    """A change of the champion.

    kind: first, promotion or rollback. version: the champion after it. before: the one before it.
    by, why: who decided and the reason given. figures: what it rested on, in words. despite: gates
    that it did not pass, where it was forced. comparison: the run that holds all figures.
    """

    kind: str
    version: str
    before: str | None
    by: str
    why: str
    figures: tuple[str, ...] = ()
    despite: tuple[str, ...] = ()
    comparison: str | None = None


@dataclass(frozen=True)
class Recorded:
    """A change as it stands on record: its run, when it was begun (UTC), whether it took effect."""

    change: Change
    run_id: str
    when: datetime
    took_effect: bool
    open: bool = field(default=False, compare=False)


def account() -> str:
    """The name of the account that this process runs under."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # in a container an account need not have a name
        return f"user {os.getuid()}"


def make(registry: Registry, change: Change) -> Recorded:
    """Change the champion and put it on record.

    RegistryError where the champion is no longer the one that the change was decided against.
    """
    settle(registry)
    registry.version(change.version)
    current = registry.holder(CHAMPION)
    if current != change.before:
        raise RegistryError(
            f"the champion is now version {current}, no longer {change.before}: somebody changed "
            "it in the meantime; look at it with `shiprisk registry` and begin again"
        )
    recorded = _begun(registry, change)
    registry.point(CHAMPION, change.version)
    return _finished(registry, recorded)


def changes_of(registry: Registry) -> list[Recorded]:
    """All changes on record, oldest first; also those that were begun and never took effect.

    One whose command was killed after it moved the alias counts as what it is: in effect.
    """
    experiment = registry.client.get_experiment_by_name(EXPERIMENT)
    if experiment is None:
        return []
    runs = registry.client.search_runs(
        [experiment.experiment_id], order_by=["attributes.start_time ASC"], max_results=_MOST
    )
    champion = registry.holder(CHAMPION)
    return [_recorded(run, champion) for run in runs if _CHANGE in run.data.tags]


def settle(registry: Registry) -> list[Recorded]:
    """Settle what killed commands left half done; the changes that were completed by it.

    A change whose alias was moved is marked as in effect; any other is closed without effect.
    """
    left = [recorded for recorded in changes_of(registry) if recorded.open]
    done = [_finished(registry, recorded) for recorded in left if recorded.took_effect]
    for recorded in left:
        if not recorded.took_effect:
            killed = RunStatus.to_string(RunStatus.KILLED)
            registry.client.set_terminated(recorded.run_id, killed)
    return done


def champions(changes: Iterable[Recorded]) -> list[str]:
    """The champions that can be returned to, by the records; the one in use last.

    A rollback takes back the change before it, so rolling back twice goes back twice.
    """
    found: list[str] = []
    for recorded in changes:
        if not recorded.took_effect:
            continue
        change = recorded.change
        if change.kind == ROLLBACK and change.version in found:
            while found[-1] != change.version:
                found.pop()
        else:
            found.append(change.version)
    return found


def _begun(registry: Registry, change: Change) -> Recorded:
    """Write the intent: the run and all its tags in one transaction."""
    run = registry.client.create_run(
        experiment_id(registry.client, EXPERIMENT),
        run_name=f"{change.kind} of version {change.version}",
        tags={_CHANGE: json.dumps(asdict(change), ensure_ascii=False), **_readable(change)},
    )
    return _recorded(run, None)


def _finished(registry: Registry, recorded: Recorded) -> Recorded:
    """Write that the change took effect, on its run and on the version."""
    change, client = recorded.change, registry.client
    client.set_tag(recorded.run_id, _TOOK_EFFECT, "yes")
    when = recorded.when.isoformat(timespec="seconds")
    marks = {**_readable(change), "since": when, "record": recorded.run_id}
    registry.mark(change.version, {f"champion.{name}": told for name, told in marks.items()})
    registry.withdraw(CHALLENGER, change.version)
    client.set_terminated(recorded.run_id)
    return Recorded(change, recorded.run_id, recorded.when, took_effect=True)


def _readable(change: Change) -> Mapping[str, str]:
    """The change as tags that a person reads in MLflow."""
    return {
        "change": change.kind,
        "version": change.version,
        "instead_of": change.before or "none",
        "by": change.by,
        "because": change.why,
        "figures": "; ".join(change.figures) or "none",
        "despite": "; ".join(change.despite) or "nothing: every gate was passed"
        if change.kind == PROMOTION
        else "not asked",
        "comparison": change.comparison or "none",
    }


def _recorded(run: Run, champion: str | None) -> Recorded:
    said = json.loads(run.data.tags[_CHANGE])
    lists = {name: tuple(said[name]) for name in ("figures", "despite")}
    change = Change(**{**said, **lists})
    open_ = run.info.status == RunStatus.to_string(RunStatus.RUNNING)
    moved = open_ and champion == change.version
    when = datetime.fromtimestamp(run.info.start_time / 1000, UTC)
    return Recorded(change, run.info.run_id, when, moved or _TOOK_EFFECT in run.data.tags, open_)
