"""A set of tables in the database of the audit record: made once, of one version, kept as it is."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import (
    Column,
    Connection,
    Integer,
    MetaData,
    Table,
    func,
    inspect,
    select,
    text,
)

from .entry import AuditError

# Two processes that open an empty database at once must not both make the tables.
_POSTGRESQL_LOCK = 7_471_907

REFUSAL = "the audit record is append-only"


@dataclass(frozen=True)
class Schema:
    """Tables that belong together.

    name: what they are, for people. versioned: the table that says their version. mutable: names of
    the tables that may be changed; of all others nothing is changed or taken away. in_sqlite:
    further statements that SQLite needs to hold that.
    """

    name: str
    metadata: MetaData
    versioned: Table
    version: int
    mutable: frozenset[str] = frozenset()
    in_sqlite: Sequence[str] = ()

    def make_ready(self, connection: Connection) -> None:
        """Make the tables where there are none; AuditError for those of another version."""
        _alone(connection)
        if not inspect(connection).has_table(self.versioned.name):
            lasting(connection)
            self.metadata.create_all(connection)
            connection.execute(self.versioned.insert(), {"version": self.version})
            for statement in self._guards(connection.dialect.name):
                connection.execute(text(statement))
        self.check(connection)

    def check(self, connection: Connection) -> None:
        """AuditError where there are no tables of this version."""
        if not inspect(connection).has_table(self.versioned.name):
            raise AuditError(f"there is no {self.name} in this database")
        version = connection.scalar(select(func.max(self.versioned.c.version)))
        if version != self.version:
            raise AuditError(
                f"the {self.name} is of version {version}, this version of shiprisk writes "
                f"{self.version}; use the version that wrote it, or another database"
            )

    def _guards(self, dialect: str) -> list[str]:
        kept = [t.name for t in self.metadata.sorted_tables if t.name not in self.mutable]
        if dialect == "postgresql":
            return _in_postgresql(kept)
        return [*_in_sqlite(kept), *self.in_sqlite]


def versions(name: str, metadata: MetaData) -> Table:
    """The table that says the version of a schema."""
    return Table(name, metadata, Column("version", Integer, primary_key=True, autoincrement=False))


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


def _in_postgresql(tables: list[str]) -> list[str]:
    """Whole statements are refused, even one that would have found no row."""
    function = (
        "CREATE OR REPLACE FUNCTION audit_append_only() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{REFUSAL}'; END $$"
    )
    triggers = [
        f"CREATE TRIGGER {name}_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON {name} "
        "FOR EACH STATEMENT EXECUTE FUNCTION audit_append_only()"
        for name in tables
    ]
    return [function, *triggers]


def _in_sqlite(tables: list[str]) -> list[str]:
    return [
        f"CREATE TRIGGER {name}_no_{verb} BEFORE {verb} ON {name} "
        f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
        for name in tables
        for verb in ("UPDATE", "DELETE")
    ]


def never_replaced(table: str, *key: str) -> str:
    """What refuses INSERT OR REPLACE, which would take a row away without asking other triggers."""
    same = " AND ".join(f"{column} = NEW.{column}" for column in key)
    return (
        f"CREATE TRIGGER {table}_no_replacing_{'_'.join(key)} BEFORE INSERT ON {table} "
        f"WHEN EXISTS (SELECT 1 FROM {table} WHERE {same}) "
        f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}: there is a row of this {', '.join(key)}'); END"
    )
