"""Message templates: their merge fields, the ones Kept comes with, and what becomes of them."""

from __future__ import annotations

from uuid import UUID, uuid4

import pytest

from domain.merging import FIELDS, asked, check, filled
from domain.recruiting import Recruiting
from domain.refusal import NotFound, Refused, Stale
from domain.shipped import SHIPPED, THANKS
from domain.template import MessageTemplate, Template
from tests.agency import command

HELLO = Template("Hello", "Hello {{first_name}}", "Dear {{ name }},\n\n{{recruiter}}")


def test_every_value_is_put_in_its_place() -> None:
    text = "Hello {{first_name}} {{ first_name }}, {{recruiter}}"

    assert filled(text, {"first_name": "Ada", "recruiter": "Dana"}) == ("Hello Ada Ada, Dana", [])
    assert asked(text) == ["first_name", "recruiter"]


def test_what_has_no_value_still_stands_there_and_is_named_once() -> None:
    text = "{{promise}} by {{due}}, {{promise}}"

    assert filled(text, {"promise": "", "due": "Friday"}) == ("{{promise}} by Friday, {{promise}}", ["promise"])


def test_a_value_is_never_read_as_a_merge_field() -> None:
    assert filled("{{name}}", {"name": "{{agency}}", "agency": "Harbour"}) == ("{{agency}}", [])


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("Hello {{firstname}}", "Kept does not know {{firstname}}. It can fill in {{first_name}},"),
        ("Hello {{}}", "Kept does not know {{}}."),
        ("Hello {{first_name}", "A merge field does not open or close. Write it like {{first_name}}."),
        ("Hello first_name}}", "A merge field does not open or close."),
        ("{{a {{name}}", "A merge field does not open or close."),
    ],
)
def test_a_broken_text_is_refused_with_what_would_be_right(text: str, sentence: str) -> None:
    with pytest.raises(Refused) as refused:
        check(text, "words")

    assert refused.value.sentence.startswith(sentence)
    assert refused.value.field == "words"


def test_kept_comes_with_nine_templates_that_are_all_sound() -> None:
    assert len(SHIPPED) == 9
    assert {name for each in SHIPPED.values() for name in asked(each.subject + each.words + each.short)} <= set(FIELDS)
    for template in SHIPPED.values():
        assert template.checked() == template
        assert template.short


@pytest.mark.parametrize(
    ("change", "field", "sentence"),
    [
        ({"name": " "}, "name", "Give the template a name."),
        ({"subject": ""}, "subject", "Give the mail a subject."),
        ({"words": "\n"}, "words", "Write what the mail says."),
        ({"subject": "{{who}}"}, "subject", "Kept does not know {{who}}."),
        ({"short": "{{name"}, "short", "A merge field does not open or close."),
    ],
)
def test_a_template_is_refused_beside_the_field(
    recruiting: Recruiting, dana: UUID, change: dict[str, str], field: str, sentence: str, facts
) -> None:
    with pytest.raises(Refused) as refused:
        recruiting.write_template(command(dana), Template(**{**vars(HELLO), **change}))

    assert refused.value.sentence.startswith(sentence)
    assert refused.value.field == field
    assert facts() == []


def test_one_that_kept_came_with_becomes_the_agencys_own_when_it_is_changed(
    recruiting: Recruiting, dana: UUID, facts
) -> None:
    recruiting.change_template(command(dana), THANKS, HELLO, 0)

    written, changed = facts()
    assert (written.originator_id, written.name) == (THANKS, "Thank you for the referral")
    assert (changed.name, changed.person) == ("Hello", None)


def test_one_that_kept_came_with_is_retired_and_taken_up_again(recruiting: Recruiting, dana: UUID, facts) -> None:
    recruiting.retire_template(command(dana), THANKS)
    with pytest.raises(Refused, match="retired"):
        recruiting.change_template(command(dana), THANKS, HELLO)
    recruiting.retire_template(command(dana), THANKS)

    recruiting.restore_template(command(dana), THANKS)

    assert [type(fact).__name__ for fact in facts()] == ["TemplateWritten", "TemplateRetired", "TemplateRestored"]


def test_what_is_the_same_is_not_recorded_again(recruiting: Recruiting, dana: UUID, facts) -> None:
    written = recruiting.write_template(command(dana), HELLO).streams[0]

    recruiting.change_template(command(dana), written, HELLO)

    assert len(facts(MessageTemplate.TemplateChanged)) == 0


def test_an_older_form_is_told_who_was_faster(recruiting: Recruiting, dana: UUID, tom: UUID) -> None:
    recruiting.change_template(command(tom), THANKS, HELLO, 0)

    with pytest.raises(Stale) as stale:
        recruiting.change_template(command(dana), THANKS, Template("Mine", "Mine", "Mine"), 0)

    assert stale.value.by == tom


def test_a_template_that_is_not_there_is_not_found(recruiting: Recruiting, dana: UUID) -> None:
    with pytest.raises(NotFound):
        recruiting.change_template(command(dana), uuid4(), HELLO)
