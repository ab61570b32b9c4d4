"""One way to fold text, for storing and for asking, so that every search engine agrees."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from string import ascii_lowercase

LETTERS = str.maketrans({"ł": "l", "ø": "o", "ß": "ss", "æ": "ae", "œ": "oe", "đ": "d", "ð": "d", "þ": "th", "ı": "i"})
APART = re.compile(r"[\W_]+")
NUMBER = re.compile(r"\+?[\d ()./-]{3,}")
ASKED = re.compile(r'(?:^|(?<=\s))(-?)(?:"([^"]*)"|(\S+))')
QUOTES = str.maketrans("“”„«»", '"' * 5)
SHORTEST_MISSPELT = 4
MOST_SPELLINGS = 600  # of a word of twelve letters; in longer ones the last letters are believed too
LOCAL = 7  # digits that are enough to tell a number by, whatever country and area codes stand before them
Spelt = Callable[[str], list[str]]


def fold(text: str) -> str:
    """Lower-case letters and digits without marks, words one space apart: "Łukasz O'Neill" is "lukasz o neill"."""
    return APART.sub(" ", _unmarked(text)).strip()


def _unmarked(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text.casefold()).translate(LETTERS)
    return "".join(letter for letter in plain if not unicodedata.combining(letter))


def digits(text: str) -> str:
    """The digits of a telephone number."""
    return "".join(filter(str.isdigit, text))


def endings(number: str) -> list[str]:
    """The digits of a number from the first on, from the second on … so that it is found without its country code."""
    said = digits(number)
    return [said[start:] for start in range(max(1, len(said) - LOCAL + 1))]


def dialled(asked: str) -> str:
    """What was asked for as digits one of whose `endings` begin a stored number's, if it is a number, else as it is."""
    if not NUMBER.fullmatch(asked.strip()):
        return asked
    said = digits(asked).lstrip("0")
    return said[-LOCAL:] if len(said) > LOCAL + 2 else said


def as_typed(word: str) -> list[str]:
    """Spelt as it is."""
    return [word]


@dataclass(frozen=True)
class Asked:
    """What is looked for: words that begin so, phrases exactly so, and what is not to stand there, all folded."""

    words: tuple[str, ...]
    phrases: tuple[str, ...]
    without_words: tuple[str, ...]
    without_phrases: tuple[str, ...]

    def match(self, spelt: Spelt = as_typed) -> str:
        """As SQLite's FTS5 is asked, "" if nothing is looked for. `spelt` says how each word may be spelt."""
        ways = ([f'"{way}"*' for way in spelt(word)] for word in self.words)
        wanted = [way[0] if len(way) == 1 else f"({' OR '.join(way)})" for way in ways]
        wanted += [f'"{phrase}"' for phrase in self.phrases]
        unwanted = [
            *(f'"{word}"*' for word in self.without_words),
            *(f'"{phrase}"' for phrase in self.without_phrases),
        ]
        if not wanted:
            return ""
        return " NOT ".join((f"({' AND '.join(wanted)})", *unwanted))


def read(asked: str) -> Asked:
    """What somebody typed into a search field: words, "quoted phrases", and -minus before either."""
    found: dict[tuple[bool, bool], list[str]] = {
        (quoted, minus): [] for quoted in (False, True) for minus in (False, True)
    }
    for minus, phrase, word in ASKED.findall(asked.translate(QUOTES)):
        folded, quoted = fold(phrase or word), bool(phrase)
        if minus and " " in folded:
            quoted = True
        found[quoted, bool(minus)] += [folded] if quoted else folded.split()
    each = {key: tuple(dict.fromkeys(filter(None, said))) for key, said in found.items()}
    return Asked(each[False, False], each[True, False], each[False, True], each[True, True])


def misspelt(word: str) -> list[str]:
    """The word, and how it may have been meant: two letters swapped, one too many, another one or one more.

    Its first letter is believed, and one that has fewer than four is believed as a whole.
    """
    if len(word) < SHORTEST_MISSPELT or not word.isalpha():
        return [word]
    parts = [(word[:at], word[at:]) for at in range(1, len(word))]
    swapped = [before + after[1] + after[0] + after[2:] for before, after in parts if len(after) > 1]
    fewer = [before + after[1:] for before, after in parts]
    other = [before + letter + after[1:] for before, after in parts for letter in ascii_lowercase]
    more = [before + letter + after for before, after in parts for letter in ascii_lowercase]
    return list(dict.fromkeys([word, *swapped, *fewer, *other, *more]))[:MOST_SPELLINGS]


def hits(text: str, asked: str) -> list[tuple[int, int]]:
    """Where in a text stands what was looked for: from which letter to which, in order, a phrase in one."""
    looked_for = read(asked)
    words = list(_words(text))
    found = [(start, end) for word, start, end in words if word.startswith(looked_for.words)]
    for phrase in (phrase.split() for phrase in looked_for.phrases):
        for first in range(len(words) - len(phrase) + 1):
            these = words[first : first + len(phrase)]
            if [word for word, _, _ in these] == phrase:
                found.append((these[0][1], these[-1][2]))
    return _joined(sorted(found))


def _words(text: str) -> Iterator[tuple[str, int, int]]:
    """Each folded word, and from which letter of the text to which it stands."""
    word, start, end = "", 0, 0
    for at, letter in enumerate(text):
        for plain, apart in _letter(letter):
            if apart:
                if word:
                    yield word, start, end
                word = ""
            else:
                start = start if word else at
                word, end = word + plain, at + 1
        if word and unicodedata.combining(letter):
            end = at + 1
    if word:
        yield word, start, end


@lru_cache(2000)
def _letter(letter: str) -> list[tuple[str, bool]]:
    """What one letter folds to, and whether that stands between words."""
    return [(plain, bool(APART.fullmatch(plain))) for plain in _unmarked(letter)]


def _joined(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Without those that lie in others."""
    joined: list[tuple[int, int]] = []
    for start, end in spans:
        if joined and start < joined[-1][1]:
            joined[-1] = joined[-1][0], max(end, joined[-1][1])
        else:
            joined.append((start, end))
    return joined
