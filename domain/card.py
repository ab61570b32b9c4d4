"""The card that a recruiter gives away: what stands on it besides name, agency and e-mail."""

from __future__ import annotations

from dataclasses import dataclass

from domain.words import line, link, phone


@dataclass(frozen=True)
class Card:
    """`link` is a page about them, on LinkedIn for most; whatever is empty is left out."""

    title: str = ""
    mobile: str = ""
    phone: str = ""
    link: str = ""

    def checked(self) -> Card:
        """This card as it is recorded. Raises Refused beside the field."""
        return Card(
            title=line(self.title, "title"),
            mobile=phone(self.mobile, "mobile"),
            phone=phone(self.phone, "phone"),
            link=link(self.link, "link"),
        )
