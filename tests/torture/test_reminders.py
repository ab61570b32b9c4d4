"""A real worker, killed again and again."""

from __future__ import annotations

import pytest

from tests.killing import push_while_killing, remind_while_killing

pytestmark = pytest.mark.torture


def test_200_promises_and_24_kills_everybody_is_reminded_and_nothing_is_recorded_twice(tmp_path):
    killed, again, recorded = remind_while_killing(tmp_path / "home", promises=200, kills=24)

    assert killed >= 24
    assert set(recorded.values()) == {1}
    assert again <= 2 * killed, "only what was in the two workers' hands may be sent again"
    print(f"{killed} kills, {again} mails sent again for 200 promises, 100 of them in 20 digests")


def test_100_promises_and_12_kills_every_phone_is_told_and_nothing_is_recorded_twice(tmp_path):
    killed, again, recorded = push_while_killing(tmp_path / "home", promises=100, kills=12)

    assert killed >= 12
    assert set(recorded.values()) == {1}
    assert again <= 2 * killed, "only what was in the two workers' hands may be sent again"
    print(f"{killed} kills, {again} pushes sent again for 100 promises, 50 of them in 10 digests")
