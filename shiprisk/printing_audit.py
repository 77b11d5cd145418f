"""What is told of a score from the audit record, beside the answer itself."""

from shiprisk.serving import Given, Recomputed

from .printing import aside, plain


def given(one: Given) -> None:
    """When, to whom and by what a score was given."""
    known = one.circumstances
    aside(
        f"given {one.given_at} to {plain(one.asked_by)} by model {plain(known.model_version)}, "
        f"which knew the past through {known.history_through}"
    )


def recomputed(found: Recomputed) -> None:
    """What came of working it out again."""
    if found.differing:
        aside(f"[bold red]from the recorded signals differ:[/] {plain(', '.join(found.differing))}")
    else:
        aside("risk, base and contributions from the recorded signals: equal")
    if found.answer is None:
        aside(f"the answer from the recorded input: not tried, {plain(found.untried)}")
    elif found.answer:
        aside("the answer from the recorded input: the same bytes")
    else:
        aside("[bold red]the answer from the recorded input: other bytes[/]")
