"""A real worker, killed again and again."""

from __future__ import annotations

import pytest

from tests.killing import remind_while_killing

pytestmark = pytest.mark.torture


def test_200_promises_and_20_kills_everybody_is_reminded_and_nothing_is_recorded_twice(tmp_path):
    killed, mails, recorded = remind_while_killing(tmp_path / "home", promises=200, kills=20)

    assert killed >= 20
    assert set(recorded.values()) == {1}
    assert mails.total() - 200 <= 2 * killed, "only what was in the two workers' hands may be sent again"
    print(f"{killed} kills, {mails.total()} mails for 200 promises")
