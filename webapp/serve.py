"""`kept serve`: the web server and the reminder worker of a one-machine installation, side by side."""

from __future__ import annotations

import ctypes
import errno
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from ipaddress import ip_address
from pathlib import Path
from threading import Event

from webapp.running import hold
from webapp.settings import Settings, SettingsError

ROOT = Path(__file__).resolve().parent.parent
LOOK_EVERY = 0.2
STEADY_AFTER = 60.0
LONGEST_REST = 60.0
PATIENCE = 30.0
PR_SET_PDEATHSIG = 1


def serve(settings: Settings, env: Mapping[str, str]) -> int:
    """Serve pages and reminders until SIGINT or SIGTERM (then 0), or until the web server dies (then 1)."""
    door = listen(settings)
    home = hold(settings.home)
    web = Child("web server", web_command(settings, env, door), (door.fileno(), home))
    worker = Child("reminder worker", worker_command(), (home,))
    stop = _signals()
    web.start()
    worker.start()
    door.close()
    say_hello(settings)
    while not stop.wait(LOOK_EVERY):
        if web.ended():
            print(f"The web server stopped by itself ({web.how_it_ended()}).", file=sys.stderr, flush=True)
            end(web, worker)
            return 1
        worker.keep_going()
    end(web, worker)
    return 0


def web(settings: Settings, env: Mapping[str, str]) -> None:
    """Become the web server alone."""
    door = listen(settings)
    os.set_inheritable(door.fileno(), True)
    os.set_inheritable(hold(settings.home), True)
    say_hello(settings)
    _become(web_command(settings, env, door))


def worker(settings: Settings) -> None:
    """Become the reminder worker alone. One is enough, however many web servers there are."""
    os.set_inheritable(hold(settings.home), True)
    _become(worker_command())


def web_command(settings: Settings, env: Mapping[str, str], door: socket.socket) -> list[str]:
    """gunicorn on an open socket; each worker process answers four requests at a time."""
    words = [sys.executable, "-m", "gunicorn", "wsgi:app", "--bind", f"fd://{door.fileno()}"]
    words += ["--worker-class", "gthread", "--workers", str(_web_workers(env)), "--threads", "4"]
    words += ["--timeout", "60", "--graceful-timeout", "10", "--keep-alive", "5"]
    words += ["--log-level", "warning", "--no-control-socket"]
    return [*words, "--worker-tmp-dir", "/dev/shm"] if Path("/dev/shm").is_dir() else words


def worker_command() -> list[str]:
    """Huey's consumer: two threads, looks every second, finishes what it does on SIGTERM."""
    consumer = [sys.executable, "-m", "huey.bin.huey_consumer", "wsgi.huey"]
    return [*consumer, "-w", "2", "-m", "1", "-g", "TERM", "-t", "25", "-f", "--quiet"]


def child_environment() -> dict[str, str]:
    """Both processes count in UTC (Huey's times) and find the code wherever they were started."""
    paths = [str(ROOT), *filter(None, [os.environ.get("PYTHONPATH")])]
    return {**os.environ, "TZ": "UTC", "PYTHONPATH": os.pathsep.join(paths)}


def listen(settings: Settings) -> socket.socket:
    """The open door. Raises SettingsError when it cannot be had."""
    family = socket.AF_INET6 if ":" in settings.bind else socket.AF_INET
    door = socket.socket(family, socket.SOCK_STREAM)
    door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        door.bind((settings.bind, settings.port))
        door.listen(2048)
    except OSError as error:
        door.close()
        raise SettingsError(_why_no_door(settings, error)) from None
    return door


def say_hello(settings: Settings) -> None:
    """Where Kept is, and what whoever started it should know."""
    lines = [f"Kept is at {settings.base_url} (Ctrl-C ends it)."]
    if not settings.private and (code := _setup_code()):
        lines.append(f"Nobody has set it up yet. {settings.base_url}/setup asks for this code: {code}")
    if not settings.https and not _loopback(settings.bind):
        lines.append(
            f"Warning: other machines can reach Kept (KEPT_BIND={settings.bind}), but KEPT_BASE_URL is not "
            "https: passwords and notes cross the network in the clear."
        )
    print("\n".join(lines), flush=True)


@dataclass
class Child:
    """A process that Kept looks after; it ends when Kept ends, however that happens."""

    name: str
    command: list[str]
    files: tuple[int, ...]
    clock: Callable[[], float] = time.monotonic
    rest: float = 0.0
    again_at: float | None = None
    since: float = 0.0
    process: subprocess.Popen[bytes] = field(init=False)

    def start(self) -> None:
        self.since, self.again_at = self.clock(), None
        self.process = subprocess.Popen(
            self.command,
            env=child_environment(),
            pass_fds=self.files,
            start_new_session=True,
            preexec_fn=_end_with(os.getpid()),
        )

    def ended(self) -> bool:
        return self.process.poll() is not None

    def how_it_ended(self) -> str:
        code = self.process.returncode
        return f"exit status {code}" if code >= 0 else signal.Signals(-code).name

    def keep_going(self) -> None:
        """Start it again if it has died, after a rest that doubles each time it dies young."""
        if not self.ended():
            return
        if self.again_at is None:
            steady = self.clock() - self.since > STEADY_AFTER
            self.rest = 1.0 if steady else min(max(1.0, self.rest * 2), LONGEST_REST)
            self.again_at = self.clock() + self.rest
            how = f"The {self.name} stopped by itself ({self.how_it_ended()})"
            print(f"{how}. It starts again in {self.rest:.0f} s.", file=sys.stderr, flush=True)
        elif self.clock() >= self.again_at:
            self.start()


def end(*children: Child) -> None:
    """Ask all to finish what they do; whoever has not after half a minute is ended, and whatever they left."""
    for child in children:
        if not child.ended():
            child.process.terminate()
    deadline = time.monotonic() + PATIENCE
    for child in children:
        with suppress(subprocess.TimeoutExpired):
            child.process.wait(max(0.0, deadline - time.monotonic()))
        with suppress(ProcessLookupError):
            os.killpg(child.process.pid, signal.SIGKILL)
        child.process.wait()


def _signals() -> Event:
    stop = Event()

    def asked(*_: object) -> None:
        stop.set()

    for name in (signal.SIGINT, signal.SIGTERM):
        signal.signal(name, asked)
    if signal.getsignal(signal.SIGHUP) is not signal.SIG_IGN:  # nohup
        signal.signal(signal.SIGHUP, asked)
    return stop


def _end_with(parent: int) -> Callable[[], None] | None:
    """What a child does first: ask the kernel (Linux) for SIGTERM when its parent dies, even of kill -9."""
    if sys.platform != "linux":
        return None
    libc = ctypes.CDLL(None)

    def ask() -> None:
        libc.prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
        if os.getppid() != parent:
            os._exit(1)

    return ask


def _become(command: list[str]) -> None:
    os.execve(command[0], command, child_environment())


def _web_workers(env: Mapping[str, str]) -> int:
    text = env.get("KEPT_WEB_WORKERS", "").strip() or "2"
    if text.isascii() and text.isdigit() and 1 <= int(text) <= 64:
        return int(text)
    raise SettingsError(f"KEPT_WEB_WORKERS is “{text}”, but it must be a whole number from 1 to 64.")


def _why_no_door(settings: Settings, error: OSError) -> str:
    match error.errno:
        case errno.EADDRINUSE:
            return f"Port {settings.port} is taken: another program, or another Kept, answers there."
        case errno.EACCES:
            return f"Kept may not use port {settings.port}: ports below 1024 need more rights. Set PORT."
        case _:
            return f"Kept cannot answer on {settings.bind}, port {settings.port}: {error.strerror}."


def _setup_code() -> str:
    asked = [sys.executable, "-m", "webapp.cli", "setup-code"]
    return subprocess.run(asked, env=child_environment(), capture_output=True, text=True).stdout.strip()


def _loopback(host: str) -> bool:
    return host == "localhost" or ip_address(host).is_loopback
