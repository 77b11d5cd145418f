"""A recorded score, worked out again."""

from collections.abc import Iterator
from dataclasses import dataclass

from shiprisk.features import list_versions
from shiprisk.models import RiskModel

from ..scorer import RejectedRecord, Scorer
from ..sent import as_json
from .entry import AuditError, Entry


@dataclass(frozen=True)
class Recomputed:
    """What came of working out a score again.

    differing: what the model now says otherwise of the recorded signals. answer: whether the input
    gives the same bytes; None where that could not be tried, and `untried` says why.
    """

    differing: tuple[str, ...]
    answer: bool | None
    untried: str = ""

    @property
    def equal(self) -> bool:
        """Whether all that was worked out again came out the same."""
        return not self.differing and self.answer is not False


def recomputed(given: Entry, scorer: Scorer) -> Recomputed:
    """Risk, base and contributions from the recorded signals; the answer from the recorded input.

    The answer is tried where the scorer knows the same past and lists. AuditError for another
    model than the one that gave the score.
    """
    then, now = given.circumstances.model_version, scorer.model.version
    if then != now:
        raise AuditError(f"{given.score_id} was given by model {then}; this is model {now}")
    differing = tuple(_differing(given, scorer.model))
    if untried := _untried(given, scorer):
        return Recomputed(differing, None, untried)
    return Recomputed(differing, _answer_again(given, scorer) == given.answer)


def _differing(given: Entry, model: RiskModel) -> Iterator[str]:
    """The names of what the model says otherwise of the same signals."""
    matrix = given.signals[None, :].copy()
    risk, without = model.risks(matrix)
    *added, base = model.contributions(matrix)[0].tolist()
    again = {
        "risk": risk.item(),
        "risk_without_owner_nationality": without.item(),
        "lane": model.lanes.of(risk, without).item(),
        "base": base,
    }
    told = given.told
    yield from (name for name, value in again.items() if told[name] != value)
    by_name = dict(zip(model.signals, added, strict=True))
    for reason in told["reasons"]:
        if reason["contribution"] != by_name[reason["signal"]]:
            yield f"contribution of {reason['signal']}"


def _untried(given: Entry, scorer: Scorer) -> str:
    """Why the input would now be asked of another past; nothing where it would not."""
    then = given.circumstances
    if not then.history_digest or then.history_digest != scorer.history.digest:
        named, through = then.history_digest or "without a name", then.history_through
        here = scorer.history.digest or "without a name"
        return f"it knew the history {named} (loaded through {through}); this one is {here}"
    if then.lists != list_versions():
        return "the lists in force then are not those of this version of shiprisk"
    return ""


def _answer_again(given: Entry, scorer: Scorer) -> bytes:
    """The answer to the recorded input, with what was asked for then."""
    try:
        again = scorer.score_one(given.received, given.most_reasons)
    except RejectedRecord as error:
        return str(error).encode()
    if given.most_reasons == 0:
        again |= {"reasons": [], "families": None}
    again["score_id"] = given.score_id
    return as_json({name: again[name] for name in given.told if name in again})
