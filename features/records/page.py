"""docs/records.md, written from the schema so that it cannot drift from it."""

from .schema import (
    DECLARATIONS,
    INSPECTIONS,
    LISTED_PARTIES,
    TRADE_STATISTICS,
    TRADERS,
    Column,
    Table,
)

# What a person may write in a cell, and the type that an accepted cell has.
KINDS = {
    "id": ("text, up to 100 characters", "str"),
    "text": ("text, up to 2,000 characters", "str"),
    "name": ("text, up to 500 characters", "str"),
    "names": ("names separated by `;`, up to 50,000 characters", "str"),
    "date": ("date, `YYYY-MM-DD`", "datetime64[s]"),
    "past date": ("date from 1990 on, not in the future", "datetime64[s]"),
    "month": ("month, `YYYY-MM`, or any day of it", "datetime64[s]"),
    "position": ("whole number from 1", "int64"),
    "count": ("whole number from 0", "float64"),
    "quantity": ("number from 0", "float64"),
    "share": ("number from 0 to 1", "float64"),
    "country": ("ISO 3166 alpha-2 code", "str"),
    "countries": ("alpha-2 codes in order, `AE TR`", "str"),
    "owners": ("alpha-2 codes with shares, `KZ:0.4 RU:0.6`", "str"),
    "HS code": ("6, 8 or 10 digits as text, leading zeros kept", "str"),
    "currency": ("ISO 4217 code", "str"),
    "procedure": ("2, 4 or 7 digits", "str"),
    "one of": ("one of ", "str"),
    "yes/no": ("true or false; yes, no, 1, 0", "bool"),
}

INTRODUCTION = """\
# Records

What shiprisk reads, column by column. This page is made from the schema in `features/records`.

A table comes as a CSV, Parquet or JSON lines file, or as a DataFrame. Only the columns marked as
required must be there; a source without the others loses the signals that need them. Columns that
no table knows are left out. A layout with other names, codes or units is taken to this one by a
[mapping](mapping.md).

CSV is read as text: a leading zero stays, and `NA` is Namibia. An empty cell is missing. Numbers
have a decimal point. Country and currency codes may be in small letters. Box is the box of the
Single Administrative Document; where there are two, goods in come first.
"""

REJECTED = """\
## Rejected rows

A row with a fault is set aside with every fault that it has; the other rows go on. A fault names
the table, the source, the row, the column, the value found and what was expected:

| table | source | row | column | value | expected |
|---|---|---|---|---|---|
| declarations | march.csv | 4 | hs_code | '40690' | an HS code of 6, 8 or 10 digits; a leading \
zero was probably lost: keep the column as text |
| declarations | march.csv | 4 | net_mass_kg | '12,5' | a number with a decimal point |
| declarations | march.csv | 9 | | '17,,import' | 29 fields, found 3 |

Row 1 of a file is the first record after the header; blank lines are not counted. Of a DataFrame
it is the label of the row. A line that is no record at all has no column. Of several rows with one
key the first is kept.

The rejected records can be written as JSON lines, one a record, with the cells as they were given:

```json
{"table": "declarations", "source": "march.csv", "row": 4,
 "faults": [{"column": "net_mass_kg", "value": "'12,5'", "expected": "a number …"}],
 "record": {"declaration_id": "55302/010323/0000001", "net_mass_kg": "12,5"}}
```

A line that is no record is kept whole as `"record": {"line": "…"}`.
"""


def records_page() -> str:
    """The page on the tables and on rejected rows, in Markdown."""
    every = (DECLARATIONS, TRADERS, INSPECTIONS, TRADE_STATISTICS, LISTED_PARTIES)
    tables = [_section(table) for table in every]
    return "\n".join([INTRODUCTION, *tables, REJECTED])


def _section(table: Table) -> str:
    title = f"## `{table.name}`\n\n{table.meaning} Key: {', '.join(map(_code, table.key))}.\n\n"
    return title + _rows(table.columns) + _inline(table)


def _inline(table: Table) -> str:
    if not table.inline:
        return ""
    names = ", ".join(_code(one.name) for one in table.inline)
    return f"\nWithout a firm register, these columns of it may stand here as well: {names}.\n"


def _rows(columns: tuple[Column, ...]) -> str:
    head = "| column | cells | type | unit | box | required | meaning |\n|" + "---|" * 7 + "\n"
    return head + "".join(map(_row, columns))


def _row(column: Column) -> str:
    cells, dtype = KINDS[column.kind]
    cells += ", ".join(map(_code, column.choices))
    required = "yes" if column.required else ""
    parts = [
        _code(column.name),
        cells,
        _code(dtype),
        column.unit,
        column.box,
        required,
        column.meaning,
    ]
    return f"| {' | '.join(parts)} |\n"


def _code(text: str) -> str:
    return f"`{text}`"
