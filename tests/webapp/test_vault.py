from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from cast import CHEAP

from domain.refusal import Forgotten
from domain.store.keyring import KeyMissing
from tests.agency import MONDAY, Clock
from webapp.vault import MOST_PHONES, Vault, setup_code

ADA, BOB, DANA, TOM = (uuid4() for _ in range(4))


@pytest.fixture
def vault(tmp_path: Path, clock: Clock) -> Iterator[Vault]:
    with closing(Vault(tmp_path / "vault.db", clock, CHEAP)) as vault:
        yield vault


def test_each_person_has_a_key_of_their_own_for_good(vault: Vault) -> None:
    vault.make_key(ADA)
    vault.make_key(BOB)
    key = vault.key(ADA)

    vault.make_key(ADA)

    assert len(key) == 32
    assert vault.key(ADA, fresh=True) == key != vault.key(BOB)


def test_a_key_made_by_many_at_once_is_one_key(vault: Vault) -> None:
    def make(_: int) -> bytes | None:
        vault.make_key(ADA)
        return vault.key(ADA)

    with ThreadPoolExecutor(8) as many:
        assert len(set(many.map(make, range(20)))) == 1


def test_a_key_that_never_was_is_missing_not_made(vault: Vault) -> None:
    with pytest.raises(KeyMissing):
        vault.key(ADA)


def test_a_forgotten_key_is_gone_from_every_file_and_stays_gone(vault: Vault, tmp_path: Path) -> None:
    others = [uuid4() for _ in range(300)]
    for person in (ADA, *others, BOB):
        vault.make_key(person)
    ada, bob = vault.key(ADA), vault.key(BOB)

    vault.forget(ADA)
    assert vault.key(ADA) is None
    with pytest.raises(Forgotten):
        vault.make_key(ADA)
    vault.tidy()

    assert vault.forgotten() == {ADA}
    assert vault.key(BOB, fresh=True) == bob
    for file in tmp_path.iterdir():
        assert ada not in file.read_bytes(), file
    assert (tmp_path / "vault.db-wal").stat().st_size == 0


def test_another_process_forgets_within_a_minute(vault: Vault, tmp_path: Path, monkeypatch) -> None:
    with closing(Vault(tmp_path / "vault.db", passwords=CHEAP)) as neighbour:
        vault.make_key(ADA)
        key = neighbour.key(ADA)
        vault.forget(ADA)

        assert neighbour.key(ADA) == key
        assert neighbour.key(ADA, fresh=True) is None
        assert neighbour.key(ADA) is None


def test_deleted_bytes_are_overwritten_and_commits_reach_the_disk(vault: Vault) -> None:
    with vault._store.reading() as connection:
        pragmas = [
            connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("secure_delete", "journal_mode", "synchronous")
        ]

    assert pragmas == [1, "wal", 2]


def test_a_password_is_right_for_its_owner_alone(vault: Vault) -> None:
    vault.set_password(DANA, "rather a long password")
    vault.set_password(TOM, "quite another password")

    assert vault.check_password(DANA, "rather a long password")
    assert not vault.check_password(DANA, "quite another password")
    assert not vault.check_password(None, "rather a long password")
    assert not vault.check_password(uuid4(), "rather a long password")


def test_neither_passwords_nor_tokens_lie_in_the_file(vault: Vault, tmp_path: Path) -> None:
    vault.set_password(DANA, "rather a long password")
    session = vault.begin_session(DANA)
    invitation = vault.invite(TOM, DANA, uuid4())
    vault.tidy()

    content = b"".join(file.read_bytes() for file in tmp_path.iterdir())
    for secret in ("rather a long password", session, invitation):
        assert secret.encode() not in content


def test_a_session_is_noted_as_seen_every_five_minutes_at_most(vault: Vault, clock: Clock) -> None:
    session = vault.begin_session(DANA, "phone")
    seen = []
    for minutes in (4, 6, 10, 12):
        clock.now = MONDAY + timedelta(minutes=minutes)
        vault.session(session)
        seen.append((vault.sessions_of(DANA)[0].seen_at - MONDAY) / timedelta(minutes=1))

    assert seen == [0, 6, 6, 12]


def test_a_session_of_another_is_not_ended(vault: Vault) -> None:
    session = vault.begin_session(DANA)
    name = vault.session(session).name

    assert not vault.end_session(TOM, name)
    assert vault.session(session)
    assert vault.end_session(DANA, name)
    assert vault.session(session) is None
    assert vault.session("") is None


def test_an_invitation_is_used_by_one_of_many_at_once(vault: Vault) -> None:
    token = vault.invite(TOM, DANA, uuid4())

    with ThreadPoolExecutor(8) as many:
        used = list(many.map(lambda number: vault.accept(token, f"password number {number}"), range(8)))

    assert sorted(used, key=str) == sorted([TOM] + [None] * 7, key=str)
    right = [number for number in range(8) if vault.check_password(TOM, f"password number {number}")]
    assert right == [used.index(TOM)]


def test_one_link_used_ends_the_others_of_that_colleague(vault: Vault) -> None:
    lost, found, other = (vault.invite(who, DANA, uuid4()) for who in (TOM, TOM, BOB))

    vault.accept(found, "rather a long password")

    assert vault.invitation(lost) is None
    assert vault.invitation(other)


def test_secrets_are_made_once_and_alike_for_all_processes(vault: Vault, tmp_path: Path) -> None:
    with closing(Vault(tmp_path / "vault.db", passwords=CHEAP)) as neighbour:
        assert vault.secret("KEPT_SECRET_KEY") == neighbour.secret("KEPT_SECRET_KEY")
        assert vault.secret("KEPT_SECRET_KEY") != vault.secret("invitations")
        assert setup_code(vault) == setup_code(neighbour)
    assert len(setup_code(vault)) == 8


def test_a_full_disk_does_not_keep_anybody_from_reading(vault: Vault, clock: Clock, monkeypatch) -> None:
    session = vault.begin_session(DANA)
    clock.now += timedelta(hours=1)

    with vault._store.reading() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar()
        connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")
        connection.exec_driver_sql("PRAGMA query_only = ON")

    assert vault.session(session).recruiter == DANA
    with pytest.raises(Exception, match="readonly"), vault._store.writing() as connection:
        connection.exec_driver_sql("DELETE FROM sessions")


def test_the_file_is_plain_sqlite(vault: Vault, tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "vault.db")) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)


# Phones


def told(name: str) -> dict[str, str]:
    return {"endpoint": f"https://push.example.com/{name}", "p256dh": "p", "auth": "a"}


def signed_in(vault: Vault, whose: UUID) -> UUID:
    return vault.session(vault.begin_session(whose)).name


def test_a_phone_is_told_as_long_as_its_session_lives(vault: Vault, clock: Clock) -> None:
    for whose in (DANA, TOM):
        vault.subscribe(whose, signed_in(vault, whose), **told(str(whose)))
    assert [row.recruiter for row in vault.subscriptions(DANA)] == [DANA]

    vault.change_password(DANA, "rather a long password", None)
    assert [row.recruiter for row in vault.subscriptions()] == [TOM]

    clock.on(days=31)
    assert vault.subscriptions() == []
    vault.begin_session(DANA)
    clock.on(days=-31)
    assert vault.subscriptions() == []


def test_a_session_has_one_phone_and_a_phone_one_session(vault: Vault) -> None:
    first, second = signed_in(vault, DANA), signed_in(vault, DANA)
    one = vault.subscribe(DANA, first, **told("a"), shows_names=True)
    again = vault.subscribe(DANA, first, **told("b"))
    assert one == again
    assert [(row.endpoint[-1], row.shows_names) for row in vault.subscriptions()] == [("b", True)]

    vault.subscribe(DANA, second, **told("b"))
    assert [(row.session, row.shows_names) for row in vault.subscriptions()] == [(second, False)]


def test_of_many_phones_the_oldest_is_turned_off(vault: Vault, clock: Clock) -> None:
    vault.subscribe(TOM, signed_in(vault, TOM), **told("tom"))
    for number in range(MOST_PHONES + 2):
        clock.on(seconds=1)
        vault.subscribe(DANA, signed_in(vault, DANA), **told(f"{number:02}"))

    assert [row.endpoint[-2:] for row in vault.subscriptions(DANA)] == [f"{n:02}" for n in range(2, MOST_PHONES + 2)]
    assert len(vault.subscriptions(TOM)) == 1
