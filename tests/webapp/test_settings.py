from __future__ import annotations

from pathlib import Path

import pytest

from webapp.settings import Settings, SettingsError


def test_without_any_variable_kept_stays_on_this_machine() -> None:
    settings = Settings.from_environment({})

    assert settings.home == Path("instance").absolute()
    assert settings.backups == Path("instance-backups").absolute()
    assert (settings.bind, settings.port, settings.base_url) == ("127.0.0.1", 8000, "http://127.0.0.1:8000")
    assert settings.private
    assert not settings.https
    assert settings.smtp_url is settings.secret_key is None


def test_what_is_set_is_used_and_blanks_are_not() -> None:
    settings = Settings.from_environment(
        {
            "KEPT_HOME": "/srv/kept",
            "KEPT_BASE_URL": "https://kept.example.com/",
            "KEPT_BIND": " 0.0.0.0 ",
            "KEPT_SMTP_URL": "smtp://user:secret@mail.example.com:587",
            "KEPT_SECRET_KEY": "  ",
            "PORT": "9000",
        }
    )

    assert settings.home == Path("/srv/kept")
    assert settings.backups == Path("/srv/kept-backups")
    assert (settings.bind, settings.port, settings.base_url) == ("0.0.0.0", 9000, "https://kept.example.com")
    assert settings.https
    assert settings.secret_key is None


@pytest.mark.parametrize(
    ("bind", "base_url", "private", "behind_proxy"),
    [
        ("127.0.0.1", "http://127.0.0.1:8000", True, False),
        ("localhost", "http://localhost:8000", True, False),
        ("::1", "http://[::1]:8000", True, False),
        ("127.0.0.1", "https://kept.example.com", False, True),
        ("127.0.0.1", "https://localhost:8443", False, True),
        ("0.0.0.0", "http://127.0.0.1:8000", False, False),
    ],
)
def test_who_can_reach_kept(bind: str, base_url: str, private: bool, behind_proxy: bool) -> None:
    settings = Settings.from_environment({"KEPT_BIND": bind, "KEPT_BASE_URL": base_url})

    assert (settings.private, settings.behind_proxy) == (private, behind_proxy)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PORT", "eight"),
        ("PORT", "0"),
        ("PORT", "65536"),
        ("PORT", "²"),
        ("KEPT_BIND", "kept.example.com"),
        ("KEPT_BASE_URL", "kept.example.com"),
        ("KEPT_BASE_URL", "ftp://kept.example.com"),
        ("KEPT_BASE_URL", "https://kept.example.com/app"),
        ("KEPT_BASE_URL", "https://kept.example.com:99999"),
        ("KEPT_SMTP_URL", "mail.example.com"),
        ("KEPT_SMTP_URL", "http://mail.example.com"),
        ("KEPT_SECRET_KEY", "short"),
        ("KEPT_DATABASE_URL", "postgresql://kept"),
        ("KEPT_REDIS_URL", "redis://kept"),
        ("KEPT_BACKUPS", "instance/backups"),
        ("KEPT_BACKUPS", "instance"),
    ],
)
def test_a_wrong_value_is_one_clear_sentence(name: str, value: str) -> None:
    with pytest.raises(SettingsError) as refused:
        Settings.from_environment({name: value})

    assert name in str(refused.value)
    assert str(refused.value).endswith(".")
    assert "\n" not in str(refused.value)
