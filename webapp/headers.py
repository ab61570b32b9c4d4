"""What every answer carries for the browser: nothing from other hosts, nothing guessed."""

from __future__ import annotations

from functools import cache
from hashlib import sha256
from pathlib import Path

from flask import Flask, Response, request, url_for

SAFE = {
    "Content-Security-Policy": "default-src 'self'; object-src 'none'; base-uri 'none'; "
    "form-action 'self'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}


def init_headers(app: Flask) -> None:
    """Add them, and `asset(name)`: the address of a static file that changes with its content."""
    prints = _fingerprints(Path(str(app.static_folder)))

    @app.template_global()
    @cache
    def asset(name: str) -> str:
        return url_for("static", filename=name, v=prints[name])

    @app.after_request
    def add(response: Response) -> Response:
        response.headers.extend({name: value for name, value in SAFE.items() if name not in response.headers})
        response.headers["Cache-Control"] = _cache(prints)
        return response


def _fingerprints(folder: Path) -> dict[str, str]:
    files = [file for file in folder.rglob("*") if file.is_file()]
    return {str(file.relative_to(folder)): sha256(file.read_bytes()).hexdigest()[:12] for file in files}


def _cache(prints: dict[str, str]) -> str:
    if request.endpoint != "static":
        return "private, no-cache"
    name = (request.view_args or {}).get("filename", "")
    current = name in prints and request.args.get("v") == prints[name]
    return "public, max-age=31536000, immutable" if current else "public, max-age=300"
