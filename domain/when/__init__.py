"""Days and hours in words: found in running text, and read from what somebody typed into a field."""

from domain.when.running import Phrase, phrases
from domain.when.typed import Question, Said, read

__all__ = ["Phrase", "Question", "Said", "phrases", "read"]
