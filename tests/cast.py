"""A browser for each of the cast."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Any
from uuid import UUID, uuid4

from argon2 import PasswordHasher, profiles
from flask import Flask
from itsdangerous import URLSafeTimedSerializer
from werkzeug.test import TestResponse

PASSWORD = "rather a long password"
HTMX = {"HX-Request": "true", "HX-Request-Type": "partial"}
CHEAP = PasswordHasher.from_parameters(profiles.CHEAPEST)
SIGNING = {"salt": "wtf-csrf-token", "signer_kwargs": {"digest_method": hashlib.sha1}}


class Browser:
    """One person's browser. `post` fills in the CSRF token and a fresh command; `htmx` asks as htmx does."""

    def __init__(self, app: Flask, recruiter: UUID | None = None, headers: Mapping[str, str] | None = None):
        self.app = app
        self.id = recruiter
        self.client = app.test_client()
        self.headers = dict(headers or {})
        self.crumb = uuid4().hex
        with self.client.session_transaction() as session:
            session["csrf_token"] = self.crumb
            if recruiter is not None:
                session["_user_id"] = app.extensions["kept"].vault.begin_session(recruiter, "a test")

    @property
    def htmx(self) -> Browser:
        other = object.__new__(Browser)
        other.__dict__.update(self.__dict__, headers=HTMX)
        return other

    def get(self, path: str, **options: Any) -> TestResponse:
        return self.client.get(path, headers={**self.headers, **options.pop("headers", {})}, **options)

    def post(self, path: str, data: Mapping[str, Any] | None = None, **options: Any) -> TestResponse:
        headers = {**self.headers, **options.pop("headers", {})}
        filled = {"csrf_token": self.token(), "command": str(uuid4()), **(data or {})}
        return self.client.post(path, data=filled, headers=headers, **options)

    def token(self) -> str:
        with self.client.session_transaction() as session:
            crumb = session.setdefault("csrf_token", self.crumb)
        return str(URLSafeTimedSerializer(self.app.secret_key, **SIGNING).dumps(crumb))
