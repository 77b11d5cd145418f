"""The tables of the audit record, and what keeps them append-only."""

from sqlalchemy import (
    BigInteger,
    Column,
    Connection,
    Date,
    Double,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    func,
    inspect,
    select,
    text,
)

from .entry import AuditError

VERSION = 1

_METADATA = MetaData()

SCHEMA = Table(
    "audit_schema", _METADATA, Column("version", Integer, primary_key=True, autoincrement=False)
)

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
    Column("risk", Double, nullable=False),
    Column("lane", Text, nullable=False),
    Column("model_version", Text, nullable=False),
    Column("most_reasons", Integer),
    Column("circumstances", Text, nullable=False),
    Column("received", Text, nullable=False),
    Column("signals", LargeBinary, nullable=False),
    Column("answer", LargeBinary, nullable=False),
    Column("answer_size", Integer, nullable=False),
    # A day's queue by risk, one shipment's scores, one firm's.
    Index("audit_scores_by_risk", "day", "risk"),
    Index("audit_scores_by_declaration", "declaration_id", "item_number"),
    Index("audit_scores_by_trader", "trader_id", "day"),
)

# Two processes that open an empty database at once must not both make the tables.
_POSTGRESQL_LOCK = 7_471_907

_REFUSAL = "the audit record is append-only"


def made_ready(connection: Connection) -> None:
    """Make the tables where there are none; AuditError for those of another version."""
    _alone(connection)
    if not inspect(connection).has_table(SCHEMA.name):
        lasting(connection)
        _METADATA.create_all(connection)
        connection.execute(SCHEMA.insert(), {"version": VERSION})
        for statement in _guards(connection.dialect.name):
            connection.execute(text(statement))
    check_version(connection)


def check_version(connection: Connection) -> None:
    """AuditError where there are no tables of this version."""
    if not inspect(connection).has_table(SCHEMA.name):
        raise AuditError("there is no audit record in this database")
    version = connection.scalar(select(func.max(SCHEMA.c.version)))
    if version != VERSION:
        raise AuditError(
            f"the audit record is of version {version}, this version of shiprisk writes {VERSION}; "
            "use the version that wrote it, or another database"
        )


def lasting(connection: Connection) -> None:
    """This transaction's commit is on disk when it returns, in the faster mode too.

    Who goes on after a crash of the server alone must find what it takes for granted.
    """
    if connection.dialect.name == "postgresql":
        connection.execute(text("SET LOCAL synchronous_commit TO on"))


def _alone(connection: Connection) -> None:
    """Nobody else makes tables until this transaction ends."""
    if connection.dialect.name == "postgresql":
        connection.execute(select(func.pg_advisory_xact_lock(_POSTGRESQL_LOCK)))
    else:
        connection.exec_driver_sql("BEGIN IMMEDIATE")


def _guards(dialect: str) -> list[str]:
    tables = [table.name for table in _METADATA.sorted_tables]
    return _in_postgresql(tables) if dialect == "postgresql" else _in_sqlite(tables)


def _in_postgresql(tables: list[str]) -> list[str]:
    """Whole statements are refused, even one that would have found no row."""
    function = (
        "CREATE FUNCTION audit_append_only() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{_REFUSAL}'; END $$"
    )
    triggers = [
        f"CREATE TRIGGER {name}_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON {name} "
        "FOR EACH STATEMENT EXECUTE FUNCTION audit_append_only()"
        for name in tables
    ]
    return [function, *triggers]


def _in_sqlite(tables: list[str]) -> list[str]:
    triggers = [
        f"CREATE TRIGGER {name}_no_{verb} BEFORE {verb} ON {name} "
        f"BEGIN SELECT RAISE(ABORT, '{_REFUSAL}'); END"
        for name in tables
        for verb in ("UPDATE", "DELETE")
    ]
    # INSERT OR REPLACE would take a row away without asking the trigger that guards deletion.
    replaced = (
        f"CREATE TRIGGER {SCORES.name}_no_replacing BEFORE INSERT ON {SCORES.name} "
        f"WHEN EXISTS (SELECT 1 FROM {SCORES.name} WHERE score_id = NEW.score_id) "
        f"BEGIN SELECT RAISE(ABORT, '{_REFUSAL}: there is a score of this id'); END"
    )
    known = (
        f"CREATE TRIGGER {CIRCUMSTANCES.name}_no_replacing BEFORE INSERT ON {CIRCUMSTANCES.name} "
        f"WHEN EXISTS (SELECT 1 FROM {CIRCUMSTANCES.name} WHERE digest = NEW.digest) "
        "BEGIN SELECT RAISE(IGNORE); END"
    )
    return [*triggers, replaced, known]
