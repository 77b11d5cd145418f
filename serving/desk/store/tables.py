"""The tables of the desk, beside those of the scores: who may come in, and what they did."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Date,
    Double,
    Index,
    Integer,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
)

from ...audit.schema import Schema, never_replaced, versions

_METADATA = MetaData()

# Counts up in both databases; SQLite counts only columns of this very type.
_COUNTED = BigInteger().with_variant(Integer, "sqlite")

# The newest row of a name is its account; earlier ones say what it was.
ACCOUNTS = Table(
    "desk_accounts",
    _METADATA,
    Column("number", _COUNTED, primary_key=True),
    Column("at", Text, nullable=False),
    Column("by", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("role", Text, nullable=False),
    Column("password", Text),
    Column("open", Boolean, nullable=False),
    Index("desk_accounts_of", "name", "number"),
)

SESSIONS = Table(
    "desk_sessions",
    _METADATA,
    Column("digest", Text, primary_key=True),
    Column("name", Text, nullable=False),
    Column("token", Text, nullable=False),
    Column("began_at", Text, nullable=False),
    Column("seen_at", Text, nullable=False),
)

TRAIL = Table(
    "desk_trail",
    _METADATA,
    Column("number", _COUNTED, primary_key=True),
    Column("at", Text, nullable=False),
    Column("by", Text, nullable=False),
    Column("what", Text, nullable=False),
    Column("subject", Text, nullable=False),
    Column("detail", Text, nullable=False),
    Column("address", Text, nullable=False),
    Index("desk_trail_on", "subject", "what", "at"),
    Index("desk_trail_by", "by", "what", "at"),
    Index("desk_trail_from", "address", "what", "at"),
)

LISTS = Table(
    "desk_lists",
    _METADATA,
    Column("list_id", Text, primary_key=True),
    Column("at", Text, nullable=False),
    Column("by", Text, nullable=False),
    Column("day", Date, nullable=False),
    Column("capacity", Text, nullable=False),
    Column("random_share", Double, nullable=False),
    Column("seed", BigInteger, nullable=False),
    Index("desk_lists_of_day", "day", "at"),
)

LISTED = Table(
    "desk_listed",
    _METADATA,
    Column("list_id", Text, primary_key=True),
    Column("declaration_id", Text, primary_key=True),
    Column("selected_by", Text, nullable=False),
    Column("selection_probability", Double, nullable=False),
    Index("desk_listed_as", "declaration_id"),
)

# Outcomes of an item follow one another; two that follow the same one cannot both be written.
OUTCOMES = Table(
    "desk_outcomes",
    _METADATA,
    Column("outcome_id", Text, primary_key=True),
    Column("follows", Text, nullable=False),
    Column("at", Text, nullable=False),
    Column("by", Text, nullable=False),
    Column("score_id", Text, nullable=False),
    Column("declaration_id", Text, nullable=False),
    Column("item_number", BigInteger, nullable=False),
    Column("day", Date, nullable=False),
    Column("known_on", Date, nullable=False),
    Column("found", Text, nullable=False),
    Column("kind", Text),
    Column("reason", Text, nullable=False),
    Column("selected_by", Text),
    Column("selection_probability", Double),
    Column("needs_second", Boolean, nullable=False),
    Column("confirms", Text),
    UniqueConstraint("declaration_id", "item_number", "follows"),
    Index("desk_outcomes_of_day", "day"),
    Index("desk_outcomes_known", "known_on"),
)

SCHEMA = Schema(
    name="reviewers' desk",
    metadata=_METADATA,
    versioned=versions("desk_schema", _METADATA),
    version=1,
    mutable=frozenset({SESSIONS.name}),
    in_sqlite=(
        never_replaced(ACCOUNTS.name, "number"),
        never_replaced(TRAIL.name, "number"),
        never_replaced(LISTS.name, "list_id"),
        never_replaced(LISTED.name, "list_id", "declaration_id"),
        never_replaced(OUTCOMES.name, "outcome_id"),
        never_replaced(OUTCOMES.name, "declaration_id", "item_number", "follows"),
    ),
)
