"""A real worker, killed again and again."""

from __future__ import annotations

import pytest

from tests.killing import remind_while_killing

pytestmark = pytest.mark.torture


def test_200_promises_and_24_kills_everybody_is_reminded_and_nothing_is_recorded_twice(tmp_path):
    killed, again, recorded = remind_while_killing(tmp_path / "home", promises=200, kills=24)

    assert killed >= 24
    assert set(recorded.values()) == {1}
    assert again <= 2 * killed, "only what was in the two workers' hands may be sent again"
    print(f"{killed} kills, {again} mails sent again for 200 promises, 100 of them in 20 digests")
