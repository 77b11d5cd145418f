"""Writes the pages that are made from the code."""

from pathlib import Path

from shiprisk.features import records_page, signals_page

PAGES = {"records.md": records_page, "signals.md": signals_page}


def main() -> None:
    """Write every page beside this file."""
    for name, page in PAGES.items():
        path = Path(__file__).parent / name
        path.write_text(page(), encoding="utf-8")
        print(f"wrote {path.name}")


if __name__ == "__main__":
    main()
