"""What lies in deploy/ fits together, and the tools that read it understand it."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
from pathlib import Path

import pytest

from webapp.doors import LARGEST_UPLOAD
from webapp.settings import Settings

DEPLOY = Path(__file__).parents[2] / "deploy"
CADDYFILE = (DEPLOY / "Caddyfile").read_text()
OFFSITE = (DEPLOY / "kept-offsite.service").read_text()


def needs(tool: str) -> pytest.MarkDecorator:
    return pytest.mark.skipif(shutil.which(tool) is None, reason=f"{tool} is not installed here")


def example() -> Settings:
    """The settings of the example, as a shell and systemd read them."""
    lines = [
        line for line in (DEPLOY / "kept.env").read_text().splitlines() if "=" in line and not line.startswith("#")
    ]
    return Settings.from_environment(dict(word.split("=", 1) for line in lines for word in shlex.split(line)))


def test_the_example_is_a_kept_behind_a_proxy() -> None:
    settings = example()

    assert settings.https
    assert settings.behind_proxy
    assert not settings.private
    assert settings.home.parent == settings.backups.parent == Path("/var/lib/kept")
    assert f"{{$KEPT_PORT:{settings.port}}}" in CADDYFILE
    assert settings.base_url.removeprefix("https://") in CADDYFILE


def test_the_mail_server_of_the_example_is_understood() -> None:
    (told,) = re.findall(r"^#(KEPT_SMTP_URL=.*)$", (DEPLOY / "kept.env").read_text(), re.MULTILINE)

    name, _, value = shlex.split(told)[0].partition("=")

    assert Settings.from_environment({name: value}).smtp_url == value


def test_the_proxy_lets_through_what_kept_takes() -> None:
    (megabytes,) = re.findall(r"max_size (\d+)MB", CADDYFILE)

    assert int(megabytes) * 1_000_000 > LARGEST_UPLOAD


@needs("caddy")
def test_caddy_understands_its_file(tmp_path: Path) -> None:
    words = ["caddy", "validate", "--adapter", "caddyfile", "--config", str(DEPLOY / "Caddyfile")]
    done = subprocess.run(words, capture_output=True, text=True, env={"PATH": "/usr/bin:/bin", "HOME": str(tmp_path)})

    assert done.returncode == 0, done.stderr


@needs("systemd-analyze")
@pytest.mark.parametrize("unit", ["kept.service", "kept-offsite.service", "kept-offsite.timer"])
def test_systemd_understands_its_units(unit: str, tmp_path: Path) -> None:
    for file in DEPLOY.glob("kept*.*"):
        there = file.read_text().replace("/opt/kept/.venv/bin/kept", "/bin/true").replace("=rsync ", "=/bin/true ")
        (tmp_path / file.name).write_text(there)

    words = ["systemd-analyze", "verify", str(tmp_path / unit)]
    done = subprocess.run(words, capture_output=True, text=True)

    assert (done.returncode, done.stderr) == (0, "") or "Failed to" in done.stderr  # no systemd in this container


@needs("rsync")
def test_the_two_halves_of_a_backup_go_to_two_places(tmp_path: Path) -> None:
    backups, places = tmp_path / "backups", {name: tmp_path / name for name in ("OFFSITE_EVENTS", "OFFSITE_VAULT")}
    for name in ("20261122T020000Z", "20261123T020000Z.unfinished"):
        for half in ("events", "vault"):
            (backups / name / half).mkdir(parents=True)
            (backups / name / half / f"{half}.db").write_text(half)
    (backups / "erasures.txt").write_text("")

    for line in re.findall(r"^ExecStart=(.*)$", OFFSITE, re.MULTILINE):
        for name, place in places.items():
            line = line.replace(f"${{{name}}}", f"{place}/")
        subprocess.run(shlex.split(line.replace("/var/lib/kept/backups", str(backups))), check=True)

    def copied(name: str) -> list[str]:
        return sorted(str(file.relative_to(places[name])) for file in places[name].rglob("*") if file.is_file())

    assert copied("OFFSITE_EVENTS") == ["20261122T020000Z/events/events.db", "erasures.txt"]
    assert copied("OFFSITE_VAULT") == ["20261122T020000Z/vault/vault.db", "erasures.txt"]
