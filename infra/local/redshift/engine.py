"""DuckDB as the engine behind the Data API: read-only, shut off from files and network, cancellable.

The settings on which Redshift's arithmetic hangs are checked at start, so that a DuckDB that ignores one of them
stops the stand-in instead of giving other numbers.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from threading import Lock

import duckdb
import pyarrow as pa

from infra.local.redshift.catalog import read_relations
from infra.local.redshift.engine_errors import sql_error
from infra.local.redshift.errors import Cancelled
from infra.local.redshift.parameters import bound_values
from infra.local.redshift.results import Result, large_result, small_result
from infra.local.redshift.translate import Translation, translate

TRANSLATIONS_KEPT = 512
FEW_ROWS = 5_000
_SETTINGS: dict[str, str | bool | int | float | list[str]] = {
    "integer_division": True,
    "ieee_floating_point_ops": False,
    "enable_external_access": False,
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
    # Tables come from the database only, never from a Python variable of the same name.
    "python_enable_replacements": False,
    # Two processes may read one file; spill files beside it would collide.
    "temp_directory": "",
    # Groups by two zones, nine bits each, are counted in a plain array: less than half the time of a hash table.
    "perfect_ht_threshold": 18,
}
_CHECKS = (
    ("5 / 2 = 2 and -7 / 2 = -3", "integer division truncates"),
    ("current_setting('ieee_floating_point_ops') = false", "division by zero is an error"),
    ("current_setting('TimeZone') = 'UTC'", "the session's time zone is UTC"),
    ("current_setting('enable_external_access') = false", "SQL has no access to files and network"),
    ("current_setting('lock_configuration') = true", "the configuration is locked"),
)


class Engine:
    """One warehouse database; thread-safe. Each statement runs in its own `Session`.

    `relations` are its tables and views.
    """

    def __init__(self, database: Path, memory_limit: str = "4GB") -> None:
        """Open `database` read-only.

        Raises:
            RuntimeError: this DuckDB does not keep a setting that the answers hang on.
        """
        self._connection = duckdb.connect(
            str(database), read_only=True, config={**_SETTINGS, "memory_limit": memory_limit}
        )
        self._lock_configuration()
        self.relations = read_relations(self._connection)
        self._check()
        self._translated = lru_cache(TRANSLATIONS_KEPT)(self._translate)

    def translate(self, sql: str) -> Translation:
        """The translation of a statement, remembered by its text.

        Raises:
            SqlError: the text is not Redshift's SQL, or uses what the laptop does not imitate.
        """
        return self._translated(sql)

    @contextmanager
    def session(self) -> Iterator[Session]:
        """A session for one statement, closed at the end."""
        session = Session(self, self._connection.cursor())
        try:
            yield session
        finally:
            session.close()

    def close(self) -> None:
        """Close the database. What still runs must have been cancelled before."""
        self._connection.close()

    def _translate(self, sql: str) -> Translation:
        return translate(sql, self.relations)

    def _lock_configuration(self) -> None:
        # Within one process DuckDB shares one instance per file, which an earlier engine may have locked.
        row = self._connection.execute("SELECT current_setting('lock_configuration')").fetchone()
        if row == (False,):
            self._connection.execute("SET GLOBAL TimeZone = 'UTC'")
            self._connection.execute("SET GLOBAL lock_configuration = true")

    def _check(self) -> None:
        cursor = self._connection.cursor()
        for condition, promise in _CHECKS:
            row = cursor.execute(f"SELECT {condition}").fetchone()
            if row != (True,):
                raise RuntimeError(f"This DuckDB breaks a promise of the stand-in: {promise}.")
        cursor.close()


class Session:
    """One statement's connection: run it here, cancel it from any thread."""

    def __init__(self, engine: Engine, cursor: duckdb.DuckDBPyConnection) -> None:
        self._engine = engine
        self._cursor = cursor
        self._closing = Lock()
        self._closed = False

    def run(self, sql: str, values: Mapping[str, str]) -> Result:
        """The result of a Redshift statement with these named values.

        Raises:
            SqlError: the statement fails; the text is Redshift's.
            Cancelled: `interrupt` was called while it ran.
        """
        translation = self._engine.translate(sql)
        bound = bound_values(translation.parameters, values)
        try:
            return self._read(translation, bound)
        except duckdb.InterruptException as error:
            raise Cancelled from error
        except (duckdb.Error, pa.ArrowException, OSError) as error:
            if "INTERRUPT" in str(error):
                raise Cancelled from error
            raise sql_error(error, sql, self._engine.relations) from error

    def _read(self, translation: Translation, bound: dict[str, str]) -> Result:
        if translation.limit is not None and translation.limit <= FEW_ROWS:
            # A relation is planned twice, an executed statement once: 10 ms less for a report of three CTEs.
            rows = self._cursor.execute(translation.sql, bound).fetchall()
            return small_result(rows, translation.columns)
        # An executed statement holds all of its rows in memory, a relation hands them out one by one.
        reader = self._cursor.sql(translation.sql, params=bound).to_arrow_reader()
        return large_result(reader, translation.columns)

    def interrupt(self) -> None:
        """Cancel what runs in this session right now; nothing happens if nothing does."""
        with self._closing:
            if not self._closed:
                self._cursor.interrupt()

    def close(self) -> None:
        """End the session."""
        with self._closing:
            self._closed = True
            self._cursor.close()
