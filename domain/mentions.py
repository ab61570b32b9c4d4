"""What a note says about pay, and about what somebody suffers from: the sentences themselves, never a judgement."""

from __future__ import annotations

import re

SENTENCE = re.compile(r"[^.!?;\n]+(?:[.](?=\d)[^.!?;\n]+)*[.!?;]*")
AMOUNT = re.compile(
    r"[£€$]\s?\d|\d\s?k\b|\b\d[\d.,]*\s?(?:an?|per|/|p)[ /]?(?:hour|hr|h|day|d|week|wk|annum|year|yr|a)\b|"
    r"\b\d[\d.,]*\s?(?:gbp|eur|usd|pounds|euros|dollars)\b",
    re.IGNORECASE,
)
PAY = re.compile(r"\b(?:salary|salaries|wages?|day rate|hourly|the rate|rate|package|bonus|paid|pay)\b", re.IGNORECASE)
FIGURE = re.compile(r"\d{2}|\b(?:less|more|below|under|over|above|higher|lower|least)\b", re.IGNORECASE)
PAIN = re.compile(
    r"\b(?:no more|had enough|fed up|sick of|tired of|hates?|hated|can'?t stand|dreads?|unhappy|miserable|stress\w*|"
    r"burn(?:t|ed|ing)? ?out|worried|worries|frustrat\w+|annoyed|bored|stuck|overlooked|underpaid|overworked|bullied|"
    r"commute is|too far|long hours|no progression|no prospects|never again|moan\w*|complain\w*|struggl\w+|"
    r"wants? out|get away from|getting away from|doesn'?t want|does not want|won'?t do|refuses to)\b",
    re.IGNORECASE,
)


def about_pay(note: str) -> list[str]:
    """The sentences that name an amount, or pay with a figure or a comparison beside it, as they stand."""
    return [said for said in sentences(note) if AMOUNT.search(said) or (PAY.search(said) and FIGURE.search(said))]


def about_pain(note: str) -> list[str]:
    """The sentences that say what somebody is fed up with, worried by or will not do again, as they stand."""
    return [said for said in sentences(note) if PAIN.search(said)]


def sentences(note: str) -> list[str]:
    """The sentences of a note; a line is one at the most, and a figure such as 17.50 stays whole."""
    return [said for each in SENTENCE.findall(note) if (said := each.strip(" \t\r-*•"))]
