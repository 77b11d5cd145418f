"""What needs care: owner nationality, and outcomes that are too clean."""

from ..evaluation import OutcomesCheck, OwnerReport
from .table import interval, number, table

_GROUPS = {
    "of_concern": "an owner from a country of concern",
    "other": "no such owner",
    "unknown": "owners not known",
}


def owners(report: OwnerReport | None) -> str:
    """The report on owner nationality."""
    if report is None:
        return "Not used: the sensitive signals were switched off."
    return (
        "Used, and sensitive: no official list of red flags names it. Every score says what it "
        "would be without it, and no shipment reaches a lane on it alone: "
        f"{report.kept_out:,} shipments looked at would pass a line only with it and stay below; "
        f"{report.by_nationality_alone:,} are in a lane by it alone. What it adds is the "
        "difference between the first row of the table of groups and the one without it."
    )


def owner_groups(report: OwnerReport) -> str:
    """Selection and precision by group of owners."""
    head = ["owners", "shipments", "in the red lane", "not told of nationality",
            "violations among all", "violations in the red lane"]  # fmt: skip
    rows = [
        [
            _GROUPS[name], f"{of.shipments:,}", number(of.selected, "{:.1%}"),
            number(of.selected_untold, "{:.1%}"), interval(of.violations, "{:.1%}"),
            interval(of.precision, "{:.1%}"),
        ]
        for name, of in report.groups.items()
    ]  # fmt: skip
    return f"{table(head, rows)}\n\nViolations are estimated on the random part, with intervals."


def outcomes(check: OutcomesCheck) -> str:
    """Posts that are too clean, and what their outcomes do to the model."""
    looked = (
        f"{check.posts.tested:,} offices and declarants had enough inspections to be held against "
        "the mix of what they inspected"
    )
    if not check.posts.posts:
        return f"{looked}; none found fewer violations than chance allows."
    head = ["", "", "inspected", "found", "expected", "chance"]
    rows = [
        [post.kind, post.name, f"{post.inspected:,}", f"{post.found:,}",
         f"{post.expected:.1f}", f"{post.chance:.4f}"]
        for post in check.posts.posts
    ]  # fmt: skip
    told = f"{looked}. Too clean, which is a reason to look and not a proof:\n\n{table(head, rows)}"
    if not check.trained_with:
        return told
    changes = ", ".join(
        f"{name.replace('_', ' ')} {check.trained_with[name]:.3f} with them and "
        f"{check.trained_without[name]:.3f} without"
        for name in ("average_precision", "precision_at_5")
    )
    return f"{told}\n\nTrained with them and without, at all other posts: {changes}."
