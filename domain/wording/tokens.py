"""A note as tokens, sentence by sentence: short forms written out, typing slips and dictated stops understood."""

from __future__ import annotations

import re
from collections.abc import Container
from typing import NamedTuple

from domain.wording.lexicon import ING, VERBS

PIECES = re.compile(
    r"w/o\b|w/|(?:mr|mrs|ms|dr|approx|no|etc|e\.g|i\.e|p\.m|a\.m|ext|re|st|inc|vs|dept|govt|corp|jr)\.(?=\s)"
    r"|[^\W\d_][^\W_]*(?:[-'’`´;][^\W_]+)*|\$?£?€?\d[\d.,:/]*\d\w*%?|\$?£?€?\d\w*%?|\.{2,}|[^\s]",
    re.IGNORECASE,
)
STOPS = frozenset(". ! ? ; … • * |".split())
LONGEST = 80  # words; what runs on for longer is cut, so that reading a note takes time in proportion to its length
ENDINGS = {"ll": "will", "d": "would", "ve": "have", "re": "are", "m": "am"}
WHOLE = {
    "won't": "will not", "wont": "will not", "can't": "can not", "cant": "can not", "cannot": "can not",
    "shan't": "shall not", "ain't": "is not", "let's": "let us", "lets": "let us", "im": "i am", "ive": "i have",
    "youll": "you will", "youre": "you are", "youve": "you have", "youd": "you would", "theyll": "they will",
    "theyre": "they are", "theyve": "they have", "theyd": "they would", "hes": "he is", "shes": "she is",
    "weve": "we have", "itll": "it will", "thatll": "that will", "gonna": "going to", "gunna": "going to",
    "gona": "going to", "goin": "going", "goign": "going", "wil": "will", "wll": "will", "willl": "will",
    "wiil": "will", "shal": "shall", "wud": "would", "wd": "would", "i'l": "i will", "she'l": "she will",
    "wld": "would",
    "he'l": "he will", "we'l": "we will", "u": "you", "ur": "your", "dont": "do not", "doesnt": "does not",
    "didnt": "did not", "wouldnt": "would not", "couldnt": "could not", "shouldnt": "should not", "isnt": "is not",
    "arent": "are not", "wasnt": "was not", "werent": "were not", "hasnt": "has not", "havent": "have not",
    "hadnt": "had not", "tommorow": "tomorrow", "y'all": "you", "i'ma": "i will", "imma": "i will", "ima": "i will",
    "comma": ",", "recieve": "receive", "snd": "send", "sned": "send", "emial": "email", "forwrd": "forward",
    "promissed": "promised", "promsied": "promised", "promisd": "promised", "siad": "said", "agred": "agreed",
    "&": "and", "+": "and", "n": "and", "pls": "please", "plz": "please", "gotta": "have to", "ph": "phone",
}  # fmt: skip
# Without an apostrophe these are words of their own: they are the short form only before a verb in its plain form.
DOUBTFUL = {
    "ill": "i will", "il": "i will", "id": "i would", "well": "we will", "wed": "we would", "shell": "she will",
    "hell": "he will", "shed": "she would", "hed": "he would",
}  # fmt: skip
BEFORE_IS = frozenset("he she it that what who there here where how".split())
AFTER_IS = frozenset("gonna going agreed promised offered".split())
AFTER_DOUBTFUL = VERBS | frozenset("not never also definitely def just let probably prob try always".split())


class Token(NamedTuple):
    """A word or a mark; what stands in the note is note[start:end]. Of a short form both words share the place."""

    low: str
    start: int
    end: int
    capital: bool


class Sentence(list[Token]):
    """The tokens of a sentence, with the mark that ends it. Beyond both ends nothing is said: ""."""

    def said(self, place: int) -> str:
        return self[place].low if 0 <= place < len(self) else ""

    def words(self, first: int = 0, end: int | None = None) -> list[str]:
        return [token.low for token in self[max(0, first) : end]]

    def has(self, words: Container[str], first: int = 0, end: int | None = None) -> bool:
        return any(token.low in words for token in self[max(0, first) : end])

    def past(self, words: Container[str], place: int) -> int:
        """The first place from here on that is none of these words."""
        while self.said(place) in words and place < len(self):
            place += 1
        return place

    @property
    def is_question(self) -> bool:
        return self.said(len(self) - 1) == "?"


def sentences(note: str) -> list[Sentence]:
    """The sentences of a note, each with the mark that ends it, in order."""
    found, sentence, previous_end = [], Sentence(), 0
    shouted = note.isupper()
    pieces = [(match.group(), match.start(), match.end()) for match in PIECES.finditer(note)]
    for place, (piece, start, end) in enumerate(pieces):
        if sentence and "\n" in note[previous_end:start]:
            found.append(sentence)
            sentence = Sentence()
        previous_end = end
        low = piece.lower().replace("’", "'").replace("`", "'").replace("´", "'")
        after = pieces[place + 1][0].lower() if place + 1 < len(pieces) else ""
        before = pieces[place - 1][0].lower() if place else ""
        if low == "full" and after.startswith("stop"):
            continue
        if low == "stop" and before == "full":
            low = "."
        if low == "am" and sentence.said(len(sentence) - 1) != "i":
            low = "i'm" if not sentence and after in ING else "a.m."  # "am sending it"
        for word in _written_out(low, after, piece):
            sentence.append(Token(word, start, end, piece[0].isupper() and not shouted))
        if low in STOPS or low.startswith("..") or len(sentence) >= LONGEST:
            found.append(sentence)
            sentence = Sentence()
    return [*found, sentence] if sentence else found


def _written_out(low: str, after: str, piece: str) -> list[str]:
    if low in WHOLE:
        return WHOLE[low].split(" ")
    if low in DOUBTFUL:
        return DOUBTFUL[low].split(" ") if after in AFTER_DOUBTFUL and piece != "ID" else [low]
    if ";" in low:  # i;ll
        low = low.replace(";", "'")
    stem, mark, ending = low.rpartition("'")
    if mark and stem:
        if ending in ENDINGS:
            return [stem, ENDINGS[ending]]
        if ending == "t" and stem.endswith("n") and len(stem) > 1:
            return [stem[:-1], "not"]
        if ending == "s" and (stem in BEFORE_IS or after in AFTER_IS or after in ING):
            return [stem, "is"]
    return [low]
