"""The walls of the design: one direction, and each tool in one room. Read from the imports, not from habit."""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
SQL = re.compile(
    r"\s*(SELECT\s.+\sFROM|INSERT\s+(OR\s+\w+\s+)?INTO|REPLACE\s+INTO|UPDATE\s+\w+\s+SET|DELETE\s+FROM|PRAGMA\s"
    r"|(CREATE|DROP|ALTER)\s+(VIRTUAL\s+|UNIQUE\s+)?(TABLE|INDEX|TRIGGER)|VACUUM|ATTACH\s|BEGIN\s|SAVEPOINT\s)",
    re.DOTALL,
)

MACHINERY = ("views.py", "sqlite.py")  # they say when a generation was retired, and are handed the clock of a store
COPIES_FILES = "webapp/backup.py"  # it opens the bare files of a backup, to count what is in them


def files(*folders: str, apart_from: str = "/dev/null") -> list[str]:
    """The Python files in these folders, as seen from the root."""
    found = sorted(file for folder in folders for file in (ROOT / folder).rglob("*.py"))
    return [str(file.relative_to(ROOT)) for file in found if not file.is_relative_to(ROOT / apart_from)]


def imports(file: str) -> set[str]:
    """Every module that a file imports, at its top or anywhere in it, and each name that it takes from one."""
    tree = ast.parse((ROOT / file).read_text())
    return {name for node in ast.walk(tree) for name in _imported(node, Path(file).parent.parts)}


def _imported(node: ast.AST, package: tuple[str, ...]) -> Iterator[str]:
    if isinstance(node, ast.Import):
        yield from (alias.name for alias in node.names)
    elif isinstance(node, ast.ImportFrom):
        above = package[: len(package) - node.level + 1] if node.level else ()
        module = ".".join((*above, *([node.module] if node.module else [])))
        yield module
        yield from (f"{module}.{alias.name}" for alias in node.names)


def sees(file: str, *modules: str) -> set[str]:
    """Which of these modules, or of what is in them, a file imports."""
    return {name for name in imports(file) if any(f"{name}.".startswith(f"{module}.") for module in modules)}


def outermost(file: str) -> set[str]:
    return {name.partition(".")[0] for name in imports(file)}


@pytest.mark.parametrize("file", files("domain", apart_from="domain/store"))
def test_the_domain_knows_python_and_eventsourcing_alone(file: str) -> None:
    assert outermost(file) <= sys.stdlib_module_names | {"eventsourcing", "domain"}


@pytest.mark.parametrize("file", files("domain/store"))
def test_the_store_knows_cryptography_besides(file: str) -> None:
    assert outermost(file) <= sys.stdlib_module_names | {"eventsourcing", "domain", "cryptography"}


@pytest.mark.parametrize("file", files("domain", apart_from="domain/store"))
def test_in_the_domain_only_the_store_sees_files_and_keys(file: str) -> None:
    assert sees(file, "sqlite3", "cryptography", "eventsourcing.sqlite", "domain.store") == set()


@pytest.mark.parametrize("file", files("projections"))
def test_projections_know_nothing_of_the_web(file: str) -> None:
    assert sees(file, "webapp", "flask", "huey", "wsgi", "werkzeug", "jinja2") == set()


@pytest.mark.parametrize("file", files("projections"))
def test_projections_see_only_the_writers_turn_of_the_store(file: str) -> None:
    assert sees(file, "domain.store", "cryptography") - sees(file, "domain.store.turn") == set()


@pytest.mark.parametrize("file", [file for file in files("projections") if Path(file).name not in MACHINERY])
def test_a_projection_reads_no_clock(file: str) -> None:
    called = [node.func for node in ast.walk(ast.parse((ROOT / file).read_text())) if isinstance(node, ast.Call)]

    assert not {call.attr for call in called if isinstance(call, ast.Attribute)} & {"now", "utcnow", "today", "time"}


@pytest.mark.parametrize("file", [*files("domain", "projections", "webapp"), "wsgi.py"])
def test_nothing_needs_its_tests(file: str) -> None:
    assert sees(file, "tests", "pytest", "hypothesis") == set()


@pytest.mark.parametrize(
    "file", [file for file in files("domain", "webapp", apart_from="domain/store") if file != COPIES_FILES]
)
def test_sql_is_written_in_the_store_and_in_projections_alone(file: str) -> None:
    texts = [
        node.value
        for node in ast.walk(ast.parse((ROOT / file).read_text()))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    ]

    assert [text for text in texts if SQL.match(text)] == []


def test_the_reader_of_imports_sees_every_way_to_import() -> None:
    """Else the walls above would hold nothing."""
    written = "import a.b as c\nfrom d import e\nfrom . import f\nfrom .g import h\ndef i():\n from j.k import l"

    found = {name for node in ast.walk(ast.parse(written)) for name in _imported(node, ("domain", "store"))}

    assert found == {
        *("a.b", "d", "d.e", "domain.store", "domain.store.f"),
        *("domain.store.g", "domain.store.g.h", "j.k", "j.k.l"),
    }
