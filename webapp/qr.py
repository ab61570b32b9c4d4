"""An address as a picture that a phone's camera reads."""

from __future__ import annotations

import segno
from markupsafe import Markup


def drawn(address: str) -> Markup:
    """The QR code as inline SVG, black on white whatever the page's colours, with the margin that cameras need."""
    code = segno.make(address, error="m", micro=False)
    return Markup(code.svg_inline(border=4, svgclass="qr", lineclass=None, light="#fff", omitsize=True))
