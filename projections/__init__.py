"""What can be looked up: tables made from the log of facts, which can be thrown away and made again."""

from projections.views import Views

__all__ = ["Views"]
