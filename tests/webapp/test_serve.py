"""`kept serve`: two processes that begin and end together."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from tests.agency import settings_for
from tests.killing import ROOT, answers, environment, process, those_of, wait_for
from tests.postbox import free_port
from webapp import serve
from webapp.serve import Child, listen, say_hello, web_command
from webapp.settings import SettingsError

needs_linux = pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells a child that its parent died")


@contextmanager
def served(home: Path):
    """`kept serve` on a free port, once it answers."""
    port = free_port()
    env = environment(home, PORT=str(port))
    with process("-m", "webapp.cli", "serve", env=env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT) as kept:
        assert wait_for(lambda: answers(f"http://127.0.0.1:{port}/healthz"))
        yield kept


@needs_linux
def test_a_dead_worker_comes_back_and_both_end_on_request(tmp_path):
    with served(tmp_path / "home") as kept:
        (worker,) = those_of(tmp_path / "home", "huey_consumer")
        os.kill(worker, signal.SIGKILL)
        came_back = wait_for(lambda: set(those_of(tmp_path / "home", "huey_consumer")) - {worker})
        kept.send_signal(signal.SIGINT)
        said, _ = kept.communicate(timeout=20)

    assert came_back
    assert kept.returncode == 0
    assert b"Kept is at http://127.0.0.1" in said
    assert b"The reminder worker stopped by itself (SIGKILL). It starts again in 1 s." in said
    assert not those_of(tmp_path / "home")


@needs_linux
def test_nothing_is_left_when_it_is_killed(tmp_path):
    with served(tmp_path / "home") as kept:
        kept.kill()
        kept.communicate()

        assert wait_for(lambda: not those_of(tmp_path / "home"))


@needs_linux
def test_a_dead_web_server_ends_all(tmp_path):
    with served(tmp_path / "home") as kept:
        master = next(pid for pid in those_of(tmp_path / "home", "gunicorn") if os.getpgid(pid) == pid)
        os.kill(master, signal.SIGKILL)
        said, _ = kept.communicate(timeout=20)

    assert kept.returncode == 1
    assert b"The web server stopped by itself (SIGKILL)." in said
    assert wait_for(lambda: not those_of(tmp_path / "home"))


def test_a_taken_port_is_one_sentence(tmp_path):
    with closing(socket.socket()) as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        words = [sys.executable, "-m", "webapp.cli", "serve"]
        env = environment(tmp_path / "home", PORT=str(port))
        done = subprocess.run(words, env=env, cwd=ROOT, capture_output=True, text=True)

    assert done.returncode == 1
    assert done.stderr == f"Port {port} is taken: another program, or another Kept, answers there.\n"


def test_it_warns_when_others_can_reach_it_without_https(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(serve, "_setup_code", lambda: "12345678")

    say_hello(settings_for(tmp_path, bind="0.0.0.0"))
    loud = capsys.readouterr().out
    say_hello(settings_for(tmp_path, bind="0.0.0.0", base_url="https://kept.example.com"))
    proxied = capsys.readouterr().out
    say_hello(settings_for(tmp_path))
    calm = capsys.readouterr().out

    assert "Warning: other machines can reach Kept" in loud
    assert "12345678" in loud
    assert "Warning" not in proxied
    assert "12345678" in proxied
    assert calm == "Kept is at http://127.0.0.1:8000 (Ctrl-C ends it).\n"


def test_web_workers_are_a_number(tmp_path):
    with closing(listen(settings_for(tmp_path, port=free_port()))) as door:
        assert "3" in web_command(settings_for(tmp_path), {"KEPT_WEB_WORKERS": "3"}, door)
        with pytest.raises(SettingsError, match="KEPT_WEB_WORKERS is “many”"):
            web_command(settings_for(tmp_path), {"KEPT_WEB_WORKERS": "many"}, door)


def test_a_worker_that_dies_again_and_again_rests_longer_and_longer(capsys):
    now = 0.0
    child = Child("reminder worker", [sys.executable, "-c", "raise SystemExit(3)"], (), clock=lambda: now)
    rests = []
    child.start()
    for _ in range(9):
        child.process.wait()
        child.keep_going()
        rests.append(child.rest)
        now += child.rest
        child.keep_going()
    now += 61
    child.process.wait()
    child.keep_going()

    assert rests == [1, 2, 4, 8, 16, 32, 60, 60, 60]
    assert child.rest == 1
    assert "exit status 3" in capsys.readouterr().err
