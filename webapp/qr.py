"""Something to read for a phone's camera, as a picture."""

from __future__ import annotations

import segno
from markupsafe import Markup

LARGE = 'width="100%" height="320" preserveAspectRatio="xMinYMid"'


def drawn(address: str) -> Markup:
    """The QR code as inline SVG, black on white whatever the page's colours, with the margin that cameras need."""
    return _drawn(address, svgclass="qr")


def drawn_large(text: str) -> Markup:
    """A QR code of more than an address, large enough to be read from one phone's screen by another."""
    return Markup(str(_drawn(text, svgclass=None)).replace("<svg ", f"<svg {LARGE} ", 1))


def _drawn(text: str, svgclass: str | None) -> Markup:
    code = segno.make(text, error="m", micro=False, encoding="utf-8")
    return Markup(code.svg_inline(border=4, svgclass=svgclass, lineclass=None, light="#fff", omitsize=True))
