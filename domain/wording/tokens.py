"""A note as tokens, sentence by sentence: short forms written out, typing slips and dictated stops understood."""

from __future__ import annotations

import re
from typing import NamedTuple

from domain.wording.lexicon import ACTS, NO_ACT, VERBS

PIECES = re.compile(
    r"w/o\b|w/|(?:mr|mrs|ms|dr|approx|no|etc|e\.g|i\.e|p\.m|a\.m|ext|re|st|inc|vs|dept|govt|corp|jr)\.(?=\s)"
    r"|[^\W\d_]+(?:[-'’`;][^\W_]+)*|\$?£?€?\d[\d.,:/]*\d\w*%?|\$?£?€?\d\w*%?|\.{2,}|[^\s]",
    re.IGNORECASE,
)
STOPS = frozenset(". ! ? ; … \n • * |".split(" "))
ENDINGS = {
    "ll": "will", "d": "would", "ve": "have", "re": "are", "m": "am",
}  # fmt: skip
WHOLE = {
    "won't": "will not", "wont": "will not", "can't": "can not", "cant": "can not", "cannot": "can not",
    "shan't": "shall not", "ain't": "is not", "let's": "let us", "lets": "let us",
    "im": "i am", "ive": "i have", "youll": "you will", "youre": "you are", "youve": "you have", "youd": "you would",
    "theyll": "they will", "theyre": "they are", "theyve": "they have", "theyd": "they would",
    "hes": "he is", "shes": "she is", "weve": "we have", "itll": "it will", "thatll": "that will",
    "gonna": "going to", "gunna": "going to", "gona": "going to", "goin": "going", "goign": "going",
    "wil": "will", "wll": "will", "willl": "will", "wiil": "will", "shal": "shall", "wud": "would",
    "i'l": "i will", "she'l": "she will", "he'l": "he will", "we'l": "we will", "ill'": "i will",
    "u": "you", "ur": "your", "dont": "do not", "doesnt": "does not", "didnt": "did not", "wouldnt": "would not",
    "couldnt": "could not", "shouldnt": "should not", "isnt": "is not", "arent": "are not", "wasnt": "was not",
    "werent": "were not", "hasnt": "has not", "havent": "have not", "hadnt": "had not", "tommorow": "tomorrow",
    "y'all": "you", "i'ma": "i will", "imma": "i will", "ima": "i will", "i'm'a": "i will", "comma": ",",
    "recieve": "receive", "thier": "their", "snd": "send", "sned": "send", "emial": "email", "promissed": "promised",
    "promsied": "promised", "siad": "said", "agred": "agreed", "shld": "should", "&": "and", "+": "and", "n": "and",
    "pls": "please", "plz": "please", "gotta": "have to", "promisd": "promised", "ph": "phone", "forwrd": "forward",
}  # fmt: skip
# Without an apostrophe these are words of their own: they are the short form only before a verb in its plain form.
DOUBTFUL = {
    "ill": "i will", "il": "i will", "id": "i would", "well": "we will", "wed": "we would", "shell": "she will", "hell": "he will",
    "shed": "she would", "hed": "he would", "were": "we are",
}  # fmt: skip
LONGEST = 100  # words; what runs on for longer is cut, so that reading a note takes time in proportion to its length
IS = frozenset("he she it that what who there here where how".split())
AFTER_ILL = VERBS | frozenset("be have not never also definitely def just let probably prob try always def".split())


class Token(NamedTuple):
    """A word or a mark; what stands in the note is note[start:end]. Of a short form both words share the place."""

    low: str
    start: int
    end: int
    capital: bool


Sentence = list[Token]


def sentences(note: str) -> list[Sentence]:
    """The sentences of a note, each with the mark that ends it, in order."""
    found: list[Sentence] = []
    sentence: Sentence = []
    previous_end = 0
    pieces = [(match.group(), match.start(), match.end()) for match in PIECES.finditer(note)]
    for place, (piece, start, end) in enumerate(pieces):
        if "\n" in note[previous_end:start] and sentence:
            found.append(sentence)
            sentence = []
        previous_end = end
        low = piece.lower().replace("’", "'").replace("`", "'").replace(";", "'" if len(piece) > 1 else ";")
        after = pieces[place + 1][0].lower() if place + 1 < len(pieces) else ""
        if low == "full" and after.startswith("stop"):
            continue
        if low == "stop" and place and pieces[place - 1][0].lower() == "full":
            low = "."
        if low == "am" and not (sentence and sentence[-1].low == "i"):
            low = "a.m."
        for word in _written_out(low, after, piece):
            sentence.append(Token(word, start, end, piece[0].isupper()))
        if low in STOPS or low.startswith("..") or len(sentence) >= LONGEST:
            found.append(sentence)
            sentence = []
    if sentence:
        found.append(sentence)
    return found


def _written_out(low: str, after: str, piece: str) -> list[str]:
    if low in WHOLE:
        return WHOLE[low].split(" ")
    if low in DOUBTFUL:
        plain = after in AFTER_ILL and piece != "ID"
        return DOUBTFUL[low].split(" ") if plain and low != "were" else [low]
    if "'" in low:
        stem, _, ending = low.rpartition("'")
        if ending in ENDINGS and stem:
            return [stem, ENDINGS[ending]]
        if ending == "t" and stem.endswith("n"):
            return [stem[:-1], "not"]
        if ending == "s" and stem in IS:
            return [stem, "is"]
    return [low]


__all__ = ["ACTS", "NO_ACT", "Sentence", "Token", "sentences"]
