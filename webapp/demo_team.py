"""The demo's recruiters themselves: the cards that they give away, and when they are away."""

from __future__ import annotations

from domain.card import Card

CARDS = (
    Card("Managing director", "07700 900101", "0117 496 0100", "https://www.linkedin.com/in/olive-marsh-demo"),
    Card("Senior consultant, finance and health", "07700 900102", "0117 496 0102"),
    Card("Consultant, construction", "07700 900103"),
    Card("Consultant, technology", "07700 900104", "", "https://www.linkedin.com/in/priya-raman-demo"),
    Card("Consultant, health", "07700 900105"),
    Card("Consultant, operations", "07700 900106", "0117 496 0106"),
)
# who, from one working day of the story to another, and who covers; by their places on the team
AWAY = ((2, -12, -8, 1), (3, 1, 4, 1), (5, 6, 10, 4))
PLANNED = 5  # working days before


def in_charge(place: int, day: int) -> int:
    """Who acts for this colleague on that day: they themselves, or who covers."""
    return next((cover for who, first, last, cover in AWAY if who == place and first <= day <= last), place)
