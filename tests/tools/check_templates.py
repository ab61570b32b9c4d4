"""What `make check` says about the templates: remains of htmx 1 and 2, and what htmx 4.0.1 is known to get wrong."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent
TEMPLATES = HERE.parent.parent / "templates"
# In htmx 4 `hx-disable` means “disable during the request”, and that is how Kept uses it.
MEANT = "hx-disable → rename to hx-ignore"
OURS = {
    r"hx-on": "the content security policy forbids code in attributes",
    r"from:body": "htmx 4.0.1 does not hear HX-Trigger there after a delete: use from:document",
    r"hx-status[^=]*=\"[^\"]*target:this": "htmx 4.0.1 does not understand it there",
}


def remains() -> list[str]:
    """What htmx's own upgrade check finds."""
    command = [sys.executable, str(HERE / "htmx-upgrade-check.py"), "--no-color", str(TEMPLATES)]
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode not in (0, 1) or "Scanning" not in done.stderr:
        sys.exit(f"The upgrade check did not run: {done.stderr}")
    return [line for line in done.stdout.splitlines() if line and MEANT not in line and not _has_its_own(line)]


def _has_its_own(finding: str) -> bool:
    """The check does not see that a descendant names its own target, so that nothing is inherited."""
    said = re.match(r"(.+?):\d+: \[inheritance\] (\S+) needs .* \(descendant on line (\d+) has", finding)
    return bool(said) and f" {said[2]}=" in Path(said[1]).read_text().splitlines()[int(said[3]) - 1]


def traps() -> list[str]:
    """What our own rules find."""
    return [
        f"{file}:{number}: {why}"
        for file in sorted(TEMPLATES.rglob("*.html"))
        for number, line in enumerate(file.read_text().splitlines(), 1)
        for pattern, why in OURS.items()
        if re.search(pattern, line)
    ]


if __name__ == "__main__":
    found = [*remains(), *traps()]
    print("\n".join(found) or "The templates hold nothing of htmx 1 or 2.")
    sys.exit(bool(found))
