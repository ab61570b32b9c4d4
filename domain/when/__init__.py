"""Days and hours in words: found in running text, and read from what somebody typed into a field."""

from domain.when.running import Phrase, phrases

__all__ = ["Phrase", "phrases"]
