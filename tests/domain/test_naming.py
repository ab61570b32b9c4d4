"""Colleagues named with an @: who is meant, and who is not."""

from __future__ import annotations

from uuid import UUID

import pytest

from domain.naming import Known, namings, unsettled

REED, STONE, OLIVE, ZOE, PAT = (
    Known(UUID(int=number), name)
    for number, name in enumerate(("Tom Reed", "Tom Stone", "Olive", "Zoë O’Neil-Ray", "Pat Lane"))
)
TEAM = [REED, STONE, OLIVE, ZOE, PAT]


@pytest.mark.parametrize(
    ("note", "meant"),
    [
        ("@Tom Reed please ring her", [REED]),
        ("Ring her, @tom reed.", [REED]),
        ("@Pat Could you?", [PAT]),
        ("@Pat's question, and @olive: the rate", [PAT, OLIVE]),
        ("(@zoe o'neil-ray) and @Zoe", [ZOE, ZOE]),
        ("@Tom", [None]),
        ("@Tom Rees knows", [None]),
        ("ada@tom.example, @pat.example, a@Pat, x@olive, https://chat.example/@Pat", []),
        ("@to, @Patty, @Olive_Oil, @ Pat, @", []),
        ("@Olive\n@Pat", [OLIVE, PAT]),
        ("@Pat" * 2_500, []),
        ("🙂@Pat <script>", [PAT]),
    ],
)
def test_who_is_meant(note: str, meant: list[Known | None]) -> None:
    assert [naming.meant for naming in namings(note, TEAM)] == meant


def test_a_whole_name_goes_before_the_beginning_of_a_longer_one() -> None:
    tom = Known(UUID(int=9), "Tom")

    assert [naming.meant for naming in namings("@Tom and @Tom Reed", [*TEAM, tom])] == [tom, REED]


@pytest.mark.parametrize(
    ("note", "offered"),
    [
        ("Ask @to", [REED, STONE]),
        ("Ask @Tom", [REED, STONE]),
        ("@re about it", [REED]),
        ("@", TEAM),
        ("@Tom Reed, then @st", [STONE]),
        ("@Pat @Tom Reed ada@to @to@x a @ b", []),
        ("@xy", []),
    ],
)
def test_whom_a_name_that_is_begun_may_become(note: str, offered: list[Known]) -> None:
    assert [known for naming in unsettled(note, TEAM) for known in naming.among] == offered
