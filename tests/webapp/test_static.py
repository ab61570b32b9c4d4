from __future__ import annotations

import re
from hashlib import sha256
from pathlib import Path

import webapp

STATIC = Path(webapp.__file__).parent / "static"
TEMPLATES = Path(webapp.__file__).parent.parent / "templates"
EVERY_TEMPLATE = {file: file.read_text() for file in sorted(TEMPLATES.rglob("*.html"))}


def test_htmx_is_the_file_that_was_vendored() -> None:
    listed = re.search(r"`htmx\.min\.js` \|.*`([0-9a-f]{64})`", (STATIC / "VENDORED.md").read_text())

    assert listed
    assert sha256((STATIC / "htmx.min.js").read_bytes()).hexdigest() == listed[1]


def test_the_stylesheet_stays_small() -> None:
    assert len((STATIC / "kept.css").read_bytes()) <= 20 * 1024


def test_every_icon_in_use_is_in_the_sprite_and_none_more() -> None:
    there = set(re.findall(r'<symbol id="([^"]+)"', (STATIC / "icons.svg").read_text()))
    used = set(re.findall(r"asset\('icons\.svg'\) }}#([a-z0-9-]+)", "".join(EVERY_TEMPLATE.values())))

    assert used == there


def test_no_template_breaks_the_content_security_policy_or_the_rules_of_htmx() -> None:
    for file, text in EVERY_TEMPLATE.items():
        for wrong in (
            r"<style",
            r"\sstyle=",
            r"<script(?! src)",
            r"\son\w+=",
            r"hx-on",
            r"from:body",
            r"target:this",
            r"js:",
        ):
            assert not re.search(wrong, text), f"{wrong} in {file.relative_to(TEMPLATES)}"
        assert not re.search(r'(?:href|action|hx-get|hx-post)="/', text), f"an address by hand in {file.name}"


def test_nothing_comes_from_another_host() -> None:
    for file in STATIC.iterdir():
        if file.suffix in (".css", ".js") and "min" not in file.name:
            assert not re.search(r"https?://|@import", file.read_text()), file.name
