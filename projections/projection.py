"""The machinery of a projection: its tables in one generation, the facts it reads, the questions it answers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, ClassVar

from sqlalchemy import Connection, Executable, MetaData, Row, Select, Table, insert

from domain.log import Entry
from projections.sqlite import Store


class Projection:
    """One read model. A subclass defines its tables in `tables` and changes them in `record`.

    An instance is one generation of the tables: a rebuild fills the next generation beside this one. Raise
    `version` whenever a table or the meaning of a column changes.
    """

    name: ClassVar[str]
    version: ClassVar[int] = 1

    def __init__(self, store: Store, generation: int):
        self.store = store
        self.generation = generation
        self.metadata = MetaData()
        self._ways: dict[tuple[str, ...], Select[Any]] = {}
        self.tables()
        self._inserts = {table: insert(table) for table in self.metadata.sorted_tables}

    def tables(self) -> None:
        """Define the tables in `self.metadata`, named by `self.named`."""
        raise TypeError(f"{type(self).__name__} has no tables.")

    def record(self, connection: Connection, entry: Entry) -> None:
        """Change the tables by one fact. No rule, no clock, nothing sent."""
        raise TypeError(f"{type(self).__name__} records nothing.")

    def named(self, noun: str) -> str:
        """A table's name in this version and generation."""
        return f"{self.name}_{noun}_v{self.version}_{self.generation}"

    def create(self, connection: Connection) -> None:
        self.metadata.create_all(connection)

    def add(self, connection: Connection, table: Table, row: Mapping[str, Any]) -> None:
        """Write one new row."""
        connection.execute(self._inserts[table], row)

    def tidy(self) -> None:
        """Let go of deleted words that an index may still hold."""

    def contents(self, connection: Connection) -> Iterator[tuple[str, Iterable[Sequence[Any]]]]:
        """Each table's plain name and its rows in order: two builds of one log are equal, row by row."""
        for table in self.metadata.sorted_tables:
            rows = connection.execute(
                table.select().order_by(*table.primary_key.columns).execution_options(yield_per=1000)
            )
            yield table.name.rsplit("_v", 1)[0], rows

    def all(self, question: Executable, **values: Any) -> Sequence[Row[Any]]:
        """The answer's rows."""
        with self.store.reading() as connection:
            return connection.execute(question, values).all()

    def those(
        self, what: str, question: Select[Any], filters: Mapping[str, Any], given: Mapping[str, Any]
    ) -> Select[Any]:
        """The question with those filters for which a value is given.

        Each way to ask is built once: building a statement takes longer than asking it.
        """
        way = (what, *(name for name in filters if given.get(name) is not None))
        if way not in self._ways:
            self._ways[way] = question.where(*(filters[name] for name in way[1:]))
        return self._ways[way]

    def one(self, question: Executable, **values: Any) -> Row[Any] | None:
        """The answer's first row, or None."""
        with self.store.reading() as connection:
            return connection.execute(question, values).first()
