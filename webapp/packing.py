"""Answers leave Kept compressed, also where no web server stands before it: a third of the bytes on a phone."""

from __future__ import annotations

import gzip
from functools import cache
from io import BytesIO
from pathlib import Path
from secrets import randbelow

from flask import Flask, Response, request

STATIC = (".css", ".js", ".svg")
WORTH_IT = 1_000
LONGEST_NAME = 100


def init_packing(app: Flask) -> None:
    """Static files are compressed once, when they are first asked for; pages each time, quickly."""

    @cache
    def once(name: str) -> bytes:
        return gzip.compress(Path(str(app.static_folder), name).read_bytes(), 9, mtime=0)

    @app.after_request
    def pack(response: Response) -> Response:
        name = (request.view_args or {}).get("filename", "")
        is_file = request.endpoint == "static" and name.endswith(STATIC)
        if not is_file and not _is_page(response):
            return response
        response.vary.add("Accept-Encoding")
        if response.status_code == 304 or not request.accept_encodings["gzip"]:
            return response
        response.direct_passthrough = False
        plain = response.get_data()
        response.set_data(once(name) if is_file else packed(plain))
        response.headers["Content-Encoding"] = "gzip"
        if tag := response.get_etag()[0]:
            response.set_etag(tag, weak=True)
        return response


def packed(page: bytes) -> bytes:
    """A page holds secrets, and its length must not tell which (the BREACH attack): the file name in the header
    of gzip, which nobody reads, is of a random length, as in Django's GZipMiddleware ("Heal The Breach")."""
    out = BytesIO()
    with gzip.GzipFile("k" * randbelow(LONGEST_NAME), "wb", 4, out, mtime=0) as file:
        file.write(page)
    return out.getvalue()


def _is_page(response: Response) -> bool:
    whole = not response.is_streamed and not response.direct_passthrough
    return whole and response.mimetype == "text/html" and (response.content_length or 0) >= WORTH_IT
