"""`kept …`: what whoever looks after an installation can do from a shell."""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import UUID, uuid4

from webapp.settings import Settings, SettingsError

DONE, FAILED, ASKED_WRONGLY = 0, 1, 2


class CommandError(Exception):
    """What was asked cannot be done; the text is the sentence that says why."""


def main(arguments: list[str] | None = None) -> int:
    """Do one command; returns its exit status: 0 done, 1 not done, 2 not understood."""
    asked = _parser().parse_args(arguments)
    try:
        return asked.do(asked, Settings.from_environment(os.environ)) or DONE
    except KeyboardInterrupt:
        return 130
    except Exception as error:
        if (sentence := _sentence(error)) is None:
            raise
        print(sentence, file=sys.stderr)
        return FAILED


def _serve(asked: argparse.Namespace, settings: Settings) -> int:
    from webapp.serve import serve

    return serve(settings, os.environ)


def _web(asked: argparse.Namespace, settings: Settings) -> None:
    from webapp.serve import web

    web(settings, os.environ)


def _worker(asked: argparse.Namespace, settings: Settings) -> None:
    from webapp.serve import worker

    worker(settings)


def _demo(asked: argparse.Namespace, settings: Settings) -> int:
    from webapp import demo
    from webapp.serve import serve

    settings = demo.settings(settings)
    demo.build(settings, say=print)
    print(demo.sign_in(), flush=True)
    if asked.build_only:
        return DONE
    os.environ.update(KEPT_DEMO="1", KEPT_HOME=str(settings.home), KEPT_BACKUPS=str(settings.backups))
    os.environ.pop("KEPT_SMTP_URL", None)
    return serve(settings, os.environ)


def _rebuild(asked: argparse.Namespace, settings: Settings) -> None:
    with _installation(settings) as kept:
        if asked.name not in (None, *kept.views.kinds):
            raise CommandError(f"There is no {asked.name} to rebuild, only {', '.join(kept.views.kinds)}.")
        took = kept.views.rebuild(asked.name, _progress())
        events = kept.recruiting.log.end()
    for name, seconds in took.items():
        print(f"{name:<12} {seconds:8.1f} s {events / max(seconds, 0.001):12,.0f} events/s")
    total = sum(took.values())
    print(f"{'together':<12} {total:8.1f} s {events / max(total, 0.001):12,.0f} events/s of {events:,}")


def _check(asked: argparse.Namespace, settings: Settings) -> int:
    with _installation(settings) as kept:
        kept.views.catch_up()
        faults = [*kept.recruiting.log.check(), *kept.views.check()]
        events = kept.recruiting.log.end()
    for fault in faults:
        print(fault)
    print(f"{events:,} events checked: " + (f"{len(faults):,} differences." if faults else "all is well."))
    return FAILED if faults else DONE


def _backup(asked: argparse.Namespace, settings: Settings) -> None:
    from webapp.backup import backup

    with _installation(settings) as kept:
        made = backup(kept, asked.folder or settings.backups)
    print(f"Backed up and checked: {made}")


def _restore(asked: argparse.Namespace, settings: Settings) -> None:
    from webapp.backup import restore

    chosen = restore(settings, asked.folder)
    print(f"Restored {chosen} into {settings.home}. What was there lies in a folder beside it.")
    print("Erasures were applied, and everybody has to sign in again.")


def _erase(asked: argparse.Namespace, settings: Settings) -> None:
    with _installation(settings) as kept:
        kept.views.catch_up()
        candidate, contact = kept.views.directory.candidate(asked.person), kept.views.contacts.contact(asked.person)
        row = candidate or contact
        if row is None:
            raise CommandError(f"There is no candidate {asked.person}, and nobody at a client.")
        _sure(asked, f"Erase {row.name or asked.person} for good? No backup brings them back.")
        erase = kept.erase if candidate else kept.erase_contact
        erase(asked.person, _who(kept, asked.by), asked.why)
    print("Erased: name, contact details and all words are gone. What happened, and when, stays.")


def _redact(asked: argparse.Namespace, settings: Settings) -> None:
    with _installation(settings) as kept:
        _sure(asked, "Remove the words of this entry for good? No backup brings them back.")
        kept.redact(asked.touchpoint, _who(kept, asked.by), asked.why)
    print("Removed: the words of this entry are gone. That it happened, and when, stays.")


def _import(asked: argparse.Namespace, settings: Settings) -> int:
    from webapp.importing import shell

    with _installation(settings) as kept:
        kept.views.catch_up()
        by = _importer(kept, asked)
        draft = shell.draft(kept, asked.file, by, asked.encoding, asked.mapping, asked.possible)
        try:
            print(*shell.told(kept, draft), sep="\n")
            if asked.dry_run:
                return DONE
            return DONE if shell.commit(kept, draft, _progress("rows")) else FAILED
        finally:
            shell.let_go(kept, draft)


def _importer(kept, asked: argparse.Namespace) -> UUID:
    """Who stands behind what is imported; a dry run needs nobody."""
    everyone = kept.views.team.everyone()
    if asked.by is None and not (asked.dry_run and everyone):
        raise CommandError("Say who imports this: --by with the e-mail address of a recruiter or an owner.")
    by = _who(kept, asked.by) if asked.by else everyone[0].id
    if asked.by and kept.views.team.recruiter(by).role == "auditor":
        raise CommandError("Auditors may read everything and change nothing.")
    return by


def _setup_code(asked: argparse.Namespace, settings: Settings) -> None:
    from webapp.vault import setup_code

    with _installation(settings) as kept:
        kept.views.catch_up()
        if kept.views.team.agency() is None:
            print(setup_code(kept.vault))


def _link(asked: argparse.Namespace, settings: Settings) -> None:
    with _installation(settings) as kept:
        kept.views.catch_up()
        recruiter = _who(kept, asked.email)
        if kept.views.team.recruiter(recruiter).state == "left":
            raise CommandError(f"Whoever had the e-mail address {asked.email} has left.")
        token = kept.vault.invite(recruiter, recruiter, uuid4())
    print(f"{settings.base_url}/join/{token}")


@contextmanager
def _installation(settings: Settings) -> Iterator:
    """The stores, which say that they are in use until the block ends."""
    from webapp.installation import Installation
    from webapp.running import hold

    home = hold(settings.home)
    try:
        installation = Installation.open(settings)
        try:
            yield installation
        finally:
            installation.close()
    finally:
        os.close(home)


def _who(kept, email: str | None) -> UUID | None:
    """The recruiter who stands behind this; nobody named means Kept itself."""
    if email is None:
        return None
    row = kept.views.team.by_email(email)
    if row is None:
        raise CommandError(f"Nobody on the team has the e-mail address {email}.")
    return row.id


def _sure(asked: argparse.Namespace, question: str) -> None:
    if asked.yes:
        return
    if not sys.stdin.isatty():
        raise CommandError("This cannot be taken back: say --yes to do it without being asked.")
    if input(f"{question} Type yes: ").strip().lower() != "yes":
        raise CommandError("Nothing was done.")


def _progress(what: str = "events") -> Callable[[int, int], None]:
    """A line that says how far something is, at most ten times a second."""
    began, shown = time.monotonic(), 0.0

    def progress(position: int, end: int) -> None:
        nonlocal shown
        now = time.monotonic()
        if now - shown >= 0.1 or position >= end:
            shown, done = now, position / end if end else 1.0
            speed = position / max(now - began, 0.001)
            bar = "#" * round(30 * done)
            last = "\n" if position >= end else ""
            print(f"\r[{bar:<30}] {done:4.0%} {speed:9,.0f} {what}/s", end=last, flush=True)

    return progress


def _sentence(error: Exception) -> str | None:
    """What to say about an error that is not a mistake in Kept."""
    from domain.refusal import NotFound, Refused
    from domain.store.turn import StillRead
    from projections.views import Overtaken
    from webapp.backup import BackupError

    match error:
        case SettingsError() | CommandError() | BackupError() | Refused() | Overtaken() | StillRead():
            return str(error)
        case NotFound():
            return "There is nothing of this id."
        case OSError() if error.filename:
            return f"{error.filename}: {error.strerror}."
    return None


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="kept", description="What was said, what was promised, was it kept?")
    commands = parser.add_subparsers(metavar="COMMAND", required=True)

    def command(name: str, do: Callable, text: str) -> argparse.ArgumentParser:
        one = commands.add_parser(name, help=text, description=text)
        one.set_defaults(do=do)
        return one

    command("serve", _serve, "serve pages and reminders (a one-machine installation)")
    command("web", _web, "serve pages only")
    command("worker", _worker, "send reminders only")
    demo = command("demo", _demo, "build a made-up agency in a home of its own, and serve it")
    demo.add_argument("--build-only", action="store_true", help="do not serve it")
    rebuild = command("rebuild", _rebuild, "compute the read tables again, while pages are served")
    rebuild.add_argument("name", nargs="?", help="one of them; all if not given")
    command("check", _check, "check every event and every read table; exit status 1 on any difference")
    backup = command("backup", _backup, "back up, consistent while people work")
    backup.add_argument("folder", nargs="?", type=_path, help="default: KEPT_BACKUPS")
    restore = command("restore", _restore, "put a backup back, while Kept is stopped")
    restore.add_argument("folder", type=_path, help="a backup, or a folder of backups: then the latest")
    erase = command("erase", _erase, "forget a person for good: name, contact details and all words")
    erase.add_argument("person", type=UUID, help="the id at the end of the candidate's or the contact's address")
    erase.add_argument("--why", choices=["asked", "retention", "mistake"], default="asked")
    redact = command("redact", _redact, "remove the words of one touchpoint for good")
    redact.add_argument("touchpoint", type=UUID, help="the id at the end of the touchpoint's address")
    redact.add_argument("--why", required=True, help="a sentence that may stay for ever")
    for forgets in (erase, redact):
        forgets.add_argument("--by", metavar="EMAIL", help="the colleague who asked for it")
        forgets.add_argument("--yes", action="store_true", help="do not ask again")
    brings = command("import", _import, "bring in people and notes from a file, as /import does")
    brings.add_argument("file", type=_path, help="CSV, vCard, a WhatsApp chat as text, notes")
    brings.add_argument("--dry-run", action="store_true", help="say what would happen, and do nothing")
    brings.add_argument("--encoding", help="how the file is written, where it is not UTF-8")
    brings.add_argument("--mapping", help="what columns become, as Column=target,… or a JSON file of the same")
    brings.add_argument(
        "--possible",
        choices=["skip", "same", "add"],
        help="what to do with rows that may be about somebody who is here",
    )
    brings.add_argument("--by", metavar="EMAIL", help="the colleague who imports it")
    link = command("link", _link, "a link by which a colleague chooses a new password, good once and for a week")
    link.add_argument("email")
    command("setup-code", _setup_code, "the code that /setup asks for, while nobody has set Kept up")
    return parser


def _path(text: str) -> Path:
    return Path(text).expanduser().absolute()


if __name__ == "__main__":
    sys.exit(main())
