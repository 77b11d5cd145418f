"""The tables of the scores that were given."""

from sqlalchemy import (
    BigInteger,
    Column,
    Date,
    Double,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
)

from .schema import Schema, never_replaced, versions

_METADATA = MetaData()

CIRCUMSTANCES = Table(
    "audit_circumstances",
    _METADATA,
    Column("digest", Text, primary_key=True),
    Column("told", Text, nullable=False),
)

SCORES = Table(
    "audit_scores",
    _METADATA,
    Column("score_id", Text, primary_key=True),
    Column("given_at", Text, nullable=False),
    Column("asked_by", Text, nullable=False),
    Column("day", Date, nullable=False),
    Column("declaration_id", Text, nullable=False),
    Column("item_number", BigInteger, nullable=False),
    Column("trader_id", Text, nullable=False),
    Column("hs_code", Text),
    Column("customs_office", Text),
    Column("country_of_dispatch", Text),
    Column("family", Text),
    Column("value_usd", Double),
    Column("words", Text, nullable=False),
    Column("risk", Double, nullable=False),
    Column("sure_risk", Double, nullable=False),
    Column("lane", Text, nullable=False),
    Column("model_version", Text, nullable=False),
    Column("most_reasons", Integer),
    Column("circumstances", Text, nullable=False),
    Column("received", Text, nullable=False),
    Column("signals", LargeBinary, nullable=False),
    Column("answer", LargeBinary, nullable=False),
    Column("answer_size", Integer, nullable=False),
    # One firm's scores.
    Index("audit_scores_by_trader", "trader_id", "day"),
)

# One shipment's scores, and which of them is the last of an item.
Index(
    "audit_scores_by_declaration",
    *(SCORES.c[x] for x in ("declaration_id", "item_number", "day", "given_at", "score_id")),
    SCORES.c.sure_risk,
)

# A day's queue in its order; with what it is filtered by, so that no row need be read for it.
Index(
    "audit_scores_by_risk",
    SCORES.c.day,
    SCORES.c.sure_risk.desc(),
    *(SCORES.c[x] for x in ("declaration_id", "item_number", "given_at", "score_id", "lane")),
    *(SCORES.c[x] for x in ("family", "hs_code", "customs_office", "country_of_dispatch")),
    SCORES.c.model_version,
    SCORES.c.words,
)


SCHEMA = Schema(
    name="audit record",
    metadata=_METADATA,
    versioned=versions("audit_schema", _METADATA),
    version=2,
    in_sqlite=(
        never_replaced(SCORES.name, "score_id"),
        # Circumstances that another process has met before are the same ones.
        f"CREATE TRIGGER {CIRCUMSTANCES.name}_no_replacing BEFORE INSERT ON {CIRCUMSTANCES.name} "
        f"WHEN EXISTS (SELECT 1 FROM {CIRCUMSTANCES.name} WHERE digest = NEW.digest) "
        "BEGIN SELECT RAISE(IGNORE); END",
    ),
)
