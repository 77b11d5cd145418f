"""The part of the page of signals that tells of the lists behind them."""

from .lists import CERTAINTIES, LISTS, list_versions, rows


def lists_section() -> str:
    """A table of the lists as Markdown: rows, how sure they are, newest day."""
    lines = [
        "## Lists",
        "",
        "What signals hold goods, firms and routes against: dated files in `features/lists`. Each",
        "row says whose word it is and how sure: "
        + "; ".join(f"*{word}*, {meaning}" for word, meaning in CERTAINTIES.items())
        + ".",
        "A model and a history remember the version of each list. A history made with other lists",
        "is refused; a model trained with other lists is used, and says so.",
        "",
        f"| List | What it says | Rows | {' | '.join(CERTAINTIES)} | Newest row since |",
        f"|---|---|---:|{'---:|' * len(CERTAINTIES)}---|",
    ]
    return "\n".join(lines + [_row(name, says) for name, says in LISTS.items()])


def _row(name: str, says: str) -> str:
    checked = [row["checked"] for row in rows(f"{name}.csv")]
    counts = (str(checked.count(word)) for word in CERTAINTIES)
    newest = list_versions()[name].partition(" ")[0]
    return f"| `{name}.csv` | {says} | {len(checked)} | {' | '.join(counts)} | {newest} |"
