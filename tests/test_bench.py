"""What `make bench` measures can be made and answers; how fast is no matter of tests."""

from __future__ import annotations

from pathlib import Path

from tests.bench import seed
from tests.bench.statements import count


def test_a_home_of_the_bench_can_be_made_and_every_page_measured_answers(tmp_path: Path) -> None:
    home = seed.home(tmp_path / "home", 2 * seed.JOB_EVERY)

    assert all(counted > 0 for counted in count(home).values())
