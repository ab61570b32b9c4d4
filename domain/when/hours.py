"""Hours as people say them: "3pm", "half four", "noon", "first thing", "EOD".

Without "am" or "pm" they are meant as in a working day, 9 to 6; 6, 7 and 8 may be either.
"""

from __future__ import annotations

from datetime import time

from domain.when.words import Clock, Words

NOON, FIRST_THING = time(12), time(9)
PARTS: dict[str, time | None] = {"morning": NOON, "am": NOON, "afternoon": None, "pm": None, "evening": None}
MEALS: dict[str, time | None] = {"lunch": time(14), "dinnertime": None}
OCLOCK = ("o'clock", "oclock")
BEHIND_AN_HOUR = frozenset(
    "on in at by and or to if so but then when with w for from after before once as today tomorrow tonight this next"
    " am pm o'clock oclock latest if re about abt until the fri mon sharp ish prompt he she they i we".split()
)


class Hours(Words):
    """Where hours stand among the words."""

    def clock(self, i: int, bare: bool = False) -> tuple[Clock, int] | None:
        token = self.token(i)
        said = token.said
        if token.kind == "clock":
            hour, minute = int(said.replace(".", ":").split(":")[0]), int(said[-2:])
            return self._hour(hour, minute, i + 1, exact=said[0] == "0")
        if token.kind == "number":
            return self._number(i, bare)
        if token.kind == "count" and bare and token.number > 1:
            return self._number(i, bare)
        if said == "half":
            j = i + 2 if self.said(i + 1) == "past" else i + 1
            hour = self.token(j).number
            if self.token(j).kind in ("number", "count") and 1 <= hour <= 12 and not self._counts(j):
                return self._hour(hour, 30, j + 1)
            return None
        if said == "quarter" and self.said(i + 1) in ("past", "to"):
            hour = self.token(i + 2).number
            if self.token(i + 2).kind in ("number", "count") and 1 <= hour <= 12:
                quarter = self._hour(hour, 15, i + 3)
                return quarter if self.said(i + 1) == "past" else self._hour((hour - 2) % 12 + 1, 45, i + 3)
            return None
        if said in PARTS:
            return Clock(PARTS[said], kind="part"), i + 1
        if said == "noon":
            return Clock(NOON, kind="exact"), i + 1
        if said in MEALS:
            return Clock(MEALS[said], kind="lunch"), i + 1
        if said == "eod":
            return Clock(None, kind="end"), i + 1
        if (said == "first" or (token.kind == "ordinal" and token.number == 1)) and self.said(i + 1) == "thing":
            j = i + 2
            k = self.skip(j, "in", "the")
            return Clock(FIRST_THING, kind="thing"), k + 1 if self.said(k) in ("morning", "am") else j
        if said == "last" and self.said(i + 1) == "thing":
            return Clock(None, kind="thing"), i + 2
        return self._end_of_day(i)

    def _end_of_day(self, i: int) -> tuple[Clock, int] | None:
        """ "end of play", "close of business", "the end of the day", "close"."""
        i = self.skip(i, "the")
        if self.said(i) not in ("end", "close"):
            return None
        j = i + 1
        if self.said(j) == "of":
            j = self.skip(j + 1, "the", "working")
            if self.said(j) in ("day", "play", "business", "biz"):
                return Clock(None, kind="end"), j + 1
            if self.said(j - 1) == "working":  # "close of business": the same word as in "business days"
                return Clock(None, kind="end"), j
        elif self.said(i) == "close" and self.said(i - 1) == "by":
            return Clock(None, kind="end"), j
        return None

    def _number(self, i: int, bare: bool) -> tuple[Clock, int] | None:
        token, after = self.token(i), self.said(i + 1)
        if after in ("am", "pm") or after in ("o'clock", "oclock"):
            if not 1 <= token.number <= 12:
                return Clock(None, kind="impossible"), i + 2
            return self._hour(token.number, 0, i + 1)
        if after in ("-", "\u2013", "to") and self.said(i + 3) in ("am", "pm") and self.token(i + 2).kind == "number":
            return Clock(None, kind="range"), i + 4
        if token.kind == "number" and len(token.said) == 4 and token.said[2:] < "60" and token.said[:2] < "24":
            hour, minute = int(token.said[:2]), int(token.said[2:])
            if after in ("h", "hour") or (bare and token.said[:2] not in ("19", "20") and not self._counts(i)):
                return Clock(time(hour, minute), kind="exact"), i + (2 if after in ("h", "hour") else 1)
            return None
        if not bare or not 1 <= token.number <= 12 or len(token.said) > 5 or self._counts(i):
            return None
        return self._hour(token.number, 0, i + 1, exact=token.said[0] == "0")

    def _counts(self, i: int) -> bool:
        """Whether a number counts what is said after it: "by 2 candidates", "at 5%", "half 4 of them"."""
        here, after = self.token(i), self.token(i + 1)
        before = self.token(i - 1)
        if before.said in ("\u00a3", "$", "\u20ac", "#") and before.end == here.start:
            return True
        if after.kind in ("number", "clock", "month", "ordinal", "count", "iso", "slashed"):
            return True
        if after.kind == "mark":
            return (
                after.said in ("%", "$", "+", "/", "\u00a3", "\u20ac", "x", "*", "-", "'", '"')
                and after.start == here.end
            )
        return after.kind in ("word",) and after.said not in BEHIND_AN_HOUR

    def _hour(self, hour: int, minute: int, i: int, exact: bool = False) -> tuple[Clock, int]:
        half = self.said(i)
        if minute > 59 or hour > 23:
            return Clock(None, kind="impossible"), i + (half in ("am", "pm"))
        if half in ("o'clock", "oclock"):
            i += 1
            half = self.said(i)
        if half in ("am", "pm") and 1 <= hour <= 12:
            return Clock(time(hour % 12 + (12 if half == "pm" else 0), minute), kind="exact"), i + 1
        if half in ("am", "pm"):
            return Clock(None, kind="impossible"), i + 1
        if exact or hour == 0 or hour >= 13:
            return Clock(time(hour, minute), kind="exact"), i
        if hour in (6, 7, 8):
            return Clock(None, (time(hour, minute), time(hour + 12, minute)), "hour"), i
        return Clock(time(hour if hour >= 9 else hour + 12, minute), kind="hour"), i
