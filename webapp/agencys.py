"""What the agency has of its own: the one door to its stages, standing promises, and words that nobody promises."""

from __future__ import annotations

from typing import cast

from flask import Flask, g

from domain.process import Process
from webapp.filters import agency


def init_agencys(app: Flask) -> None:
    """Let a template say `row.stage|stage` for the name of a stage, and `process()` for all that is set."""
    app.add_template_filter(stage_name, "stage")
    app.jinja_env.globals["process"] = process


def process() -> Process:
    """What an owner set, read once a request from the agency's own row."""
    if "process" not in g:
        row = agency()
        g.process = Process.of(row.stages, row.call_first_from, row.promises, row.unpromised)
    return cast(Process, g.process)


def stage_name(key: str) -> str:
    """What the agency calls a stage."""
    return process().name(key)
