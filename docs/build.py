"""Writes the pages that are made from the code; what was measured stays between its markers."""

from pathlib import Path

from shiprisk.features import records_page, signals_page
from shiprisk.training.measured import carried_over

PAGES = {"records.md": records_page, "signals.md": signals_page}


def main() -> None:
    """Write every page beside this file."""
    for name, page in PAGES.items():
        path = Path(__file__).parent / name
        old = path.read_text(encoding="utf-8") if path.is_file() else ""
        path.write_text(carried_over(old, page()), encoding="utf-8")
        print(f"wrote {path.name}")


if __name__ == "__main__":
    main()
