"""Who became champion when and why, and the way back."""

import pytest
from mlflow import MlflowClient

from shiprisk.training import (
    CHALLENGER,
    CHAMPION,
    Decision,
    Registry,
    RegistryError,
    changes_of,
    rollback,
)
from shiprisk.training.changes import PROMOTION, Change, make


def promoted(registry: Registry, version: str, before: str) -> None:
    make(registry, Change(PROMOTION, version, before, "ana", f"{version} is better", ("AP 0.4",)))


BACK = Decision("ben", "odd reasons on Tuesday")


def test_a_change_is_on_record_as_a_run_and_on_the_version(
    registry: Registry, client: MlflowClient
) -> None:
    promoted(registry, "2", "1")
    assert registry.holder(CHAMPION) == "2"
    assert registry.holder(CHALLENGER) is None, "it challenges nobody any more"
    first, last = changes_of(registry)
    assert (first.change.kind, first.change.version, first.change.before) == ("first", "1", None)
    change = last.change
    assert (change.version, change.before, change.by) == ("2", "1", "ana")
    assert (change.why, change.figures) == ("2 is better", ("AP 0.4",))
    assert last.took_effect
    run = client.get_run(last.run_id)
    assert run.info.status == "FINISHED"
    assert run.data.tags["because"] == "2 is better"
    tags = registry.version("2").tags
    assert tags["champion.by"] == "ana"
    assert tags["champion.instead_of"] == "1"
    assert tags["champion.since"] == last.when.isoformat(timespec="seconds")
    assert tags["champion.record"] == last.run_id


def test_rolling_back_twice_goes_back_twice_and_not_to_and_fro(registry: Registry) -> None:
    promoted(registry, "2", "1")
    promoted(registry, "3", "2")
    assert rollback(registry, BACK).change.version == "2"
    again = rollback(registry, BACK).change
    assert (again.version, again.before, again.by, again.why) == ("1", "2", BACK.by, BACK.why)
    assert registry.holder(CHAMPION) == "1"
    with pytest.raises(RegistryError, match="no champion before version 1 is on record"):
        rollback(registry, BACK)
    assert registry.holder(CHAMPION) == "1"
    kinds = [one.change.kind for one in changes_of(registry)]
    assert kinds == ["first", "promotion", "promotion", "rollback", "rollback"]


def test_after_a_rollback_a_promotion_can_be_taken_back_again(registry: Registry) -> None:
    promoted(registry, "2", "1")
    rollback(registry, BACK)
    promoted(registry, "3", "1")
    assert rollback(registry, BACK).change.version == "1"


def test_a_champion_set_by_other_means_gives_way_to_the_last_on_record(registry: Registry) -> None:
    promoted(registry, "2", "1")
    registry.point(CHAMPION, "3")
    assert rollback(registry, BACK).change.version == "2"


def test_a_champion_that_changed_in_the_meantime_is_not_overwritten(registry: Registry) -> None:
    promoted(registry, "2", "1")
    with pytest.raises(RegistryError, match="now version 2, no longer 1"):
        promoted(registry, "3", "1")
    assert registry.holder(CHAMPION) == "2"
    assert len(changes_of(registry)) == 2


def test_a_version_that_does_not_exist_is_refused_and_changes_nothing(registry: Registry) -> None:
    with pytest.raises(RegistryError, match=r"no version 9 .* holds 1, 2, 3"):
        promoted(registry, "9", "1")
    assert registry.holder(CHAMPION) == "1"
    assert len(changes_of(registry)) == 1


@pytest.mark.parametrize(
    ("by", "why", "wrong"),
    [("", "reason", "--by is empty"), ("a", " ", "--reason is empty"), ("a", "я" * 2001, "2,001")],
)
def test_a_decision_that_nobody_could_read_later_is_refused(by: str, why: str, wrong: str) -> None:
    with pytest.raises(RegistryError, match=wrong):
        Decision(by, why)


def test_the_longest_reason_is_on_record_in_full(registry: Registry) -> None:
    promoted(registry, "2", "1")
    rollback(registry, Decision("ана", "я" * 2000))
    assert changes_of(registry)[-1].change.why == "я" * 2000
