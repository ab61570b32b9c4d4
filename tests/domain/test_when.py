"""Days and hours in words: what is typed is read in full or asked about, what was written is found. No guesses."""

from __future__ import annotations

import json
from datetime import date, datetime, time, timedelta
from pathlib import Path
from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.due import Due
from domain.when import Phrase, Question, Said, phrases, read

ENDS = 10  # seconds of a processor: no measure of speed, but patterns that trip over themselves take hours
TEN = time(10)
SHARED = Path(__file__).parents[3] / "shared" / "promises" / "notes-dev.jsonl"

# What is clear. After "on" the day on which it is typed, at ten in the morning, in a country that says the day first.
CLEAR = """
on 2026-11-25 (a Wednesday)
fri                         2026-11-27
Friday                      2026-11-27
FRI.                        2026-11-27
by friday                   2026-11-27
on Fri                      2026-11-27
until fri                   2026-11-27
til friday                  2026-11-27
for friday                  2026-11-27
from mon                    2026-11-30
firday                      2026-11-27
thrusday                    2026-11-26
thursdy                     2026-11-26
thurs                       2026-11-26
tue                         2026-12-01
tues                        2026-12-01
sat                         2026-11-28
sunday                      2026-11-29
this fri                    2026-11-27
this coming monday          2026-11-30
coming monday               2026-11-30
next mon                    2026-11-30
next tuesday                2026-12-01
next wed                    2026-12-02
mon next week               2026-11-30
tuesday of next week        2026-12-01
next week thursday          2026-12-03
fri this week               2026-11-27
monday week                 2026-12-07
fri week                    2026-12-04
thurs wk                    2026-12-03
a week on thursday          2026-12-03
a wk on mon                 2026-12-07
2 weeks on friday           2026-12-11
a week from friday          2026-12-04
today                       2026-11-25
tod                         2026-11-25
2day                        2026-11-25
tonight                     2026-11-25
later today                 2026-11-25
EOD                         2026-11-25
eod today                   2026-11-25
cob                         2026-11-25
end of play                 2026-11-25
end of the day              2026-11-25
close of business           2026-11-25
tomorrow                    2026-11-26
tmrw                        2026-11-26
tmr                         2026-11-26
2moro                       2026-11-26
tomorow                     2026-11-26
tommorow                    2026-11-26
EOD tomorrow                2026-11-26
tomorrow EOD                2026-11-26
cop friday                  2026-11-27
friday cob                  2026-11-27
day after tomorrow          2026-11-27
the day after tomorrow      2026-11-27
tomorrow week               2026-12-03
a week tomorrow             2026-12-03
a week today                2026-12-02
today week                  2026-12-02
in a week                   2026-12-02
in a week's time            2026-12-02
1 week                      2026-12-02
within 2 weeks              2026-12-09
in 2 wks                    2026-12-09
two weeks today             2026-12-09
in a fortnight              2026-12-09
a fortnight                 2026-12-09
fortnight                   2026-12-09
fri fortnight               2026-12-11
in 3 days                   2026-11-28
in three days               2026-11-28
3 days from now             2026-11-28
within 48 hrs               2026-11-27
within 24 hours             2026-11-26
in 72 hours                 2026-11-28
3 working days              2026-11-30
in 2 business days          2026-11-27
in a month                  2026-12-25
in 6 months                 2027-05-25
in 3 mths                   2027-02-25
in a year                   2027-11-25
this week                   2026-11-27
later this week             2026-11-27
end of the week             2026-11-27
eow                         2026-11-27
by the end of this week     2026-11-27
next week                   2026-12-04
nxt wk                      2026-12-04
end of next week            2026-12-04
by end of next wk           2026-12-04
week after next             2026-12-11
tuesday week after next     2026-12-08
weekend                     2026-11-29
this weekend                2026-11-29
over the weekend            2026-11-29
at the weekend              2026-11-29
end of month                2026-11-30
end of the month            2026-11-30
month end                   2026-11-30
eom                         2026-11-30
this month                  2026-11-30
end of next month           2026-12-31
next month                  2026-12-31
end of january              2027-01-31
end of feb                  2027-02-28
end of nov                  2026-11-30
end Dec                     2026-12-31
end of feb 2028             2028-02-29
end of year                 2026-12-31
eoy                         2026-12-31
q4                          2026-12-31
in Q1                       2027-03-31
by q2                       2027-06-30
end of q1                   2027-03-31
Q1 2028                     2028-03-31
this quarter                2026-12-31
next quarter                2027-03-31
27 Nov                      2026-11-27
27th nov                    2026-11-27
27th of November            2026-11-27
Nov 27                      2026-11-27
November 27th               2026-11-27
Fri 27 Nov                  2026-11-27
Friday, 27 November         2026-11-27
fri the 27th                2026-11-27
fri 27                      2026-11-27
friday 27/11                2026-11-27
27/11                       2026-11-27
27.11                       2026-11-27
27.11.26                    2026-11-27
27-11-2026                  2026-11-27
27/11/26                    2026-11-27
3/12                        2026-12-03
1/1                         2027-01-01
25/11                       2026-11-25
Wed 25 Nov                  2026-11-25
1st July                    2027-07-01
3rd Dec                     2026-12-03
dec 3                       2026-12-03
3 dec 2026                  2026-12-03
Dec 3, 2026                 2026-12-03
3 dec 27                    2027-12-03
3 Dec '27                   2027-12-03
29 feb 2028                 2028-02-29
the 28th                    2026-11-28
28th                        2026-11-28
by the 1st                  2026-12-01
on the 3rd                  2026-12-03
3rd of next month           2026-12-03
31st of next month          2026-12-31
30th of this month          2026-11-30
2026-12-05                  2026-12-05
2026-12-05 09:00            2026-12-05 09:00
2026-12-05T09:00            2026-12-05 09:00
2025-03-01                  2025-03-01
Fri 20 Nov 2026             2026-11-20
Fri 27 Nov 2026             2026-11-27
Fri 27 Nov 2026, 09:00      2026-11-27 09:00
Thu 3 Dec 2026, 00:30       2026-12-03 00:30
fri 3pm                     2026-11-27 15:00
fri 3 pm                    2026-11-27 15:00
3pm fri                     2026-11-27 15:00
3pm on friday               2026-11-27 15:00
friday at 3                 2026-11-27 15:00
fri by 5                    2026-11-27 17:00
friday, 3.30pm              2026-11-27 15:30
fri 3:30                    2026-11-27 15:30
fri 15:30                   2026-11-27 15:30
fri 1530                    2026-11-27 15:30
tuesday 16:30               2026-12-01 16:30
mon 9am                     2026-11-30 09:00
mon 09:00                   2026-11-30 09:00
mon 7am                     2026-11-30 07:00
mon 07:00                   2026-11-30 07:00
tomorrow 3pm                2026-11-26 15:00
tomorrow at noon            2026-11-26 12:00
noon tomorrow               2026-11-26 12:00
midday fri                  2026-11-27 12:00
tmrw am                     2026-11-26 12:00
tmrw a.m.                   2026-11-26 12:00
tomorrow morning            2026-11-26 12:00
tmrw pm                     2026-11-26
tomorrow afternoon          2026-11-26
friday evening              2026-11-27
friday night                2026-11-27
fri lunchtime               2026-11-27 14:00
by lunchtime tmrw           2026-11-26 14:00
first thing monday          2026-11-30 09:00
first thing tomorrow        2026-11-26 09:00
monday first thing          2026-11-30 09:00
first thing monday morning  2026-11-30 09:00
last thing friday           2026-11-27
this afternoon              2026-11-25
this evening                2026-11-25
this morning                2026-11-25 12:00
noon                        2026-11-25 12:00
3pm                         2026-11-25 15:00
at 3pm                      2026-11-25 15:00
by 5                        2026-11-25 17:00
at 11                       2026-11-25 11:00
half 4                      2026-11-25 16:30
half four                   2026-11-25 16:30
half past four              2026-11-25 16:30
quarter to 5                2026-11-25 16:45
quarter past 4              2026-11-25 16:15
17:30                       2026-11-25 17:30
10.30                       2026-11-25 10:30
4 o'clock                   2026-11-25 16:00
fri half 4                  2026-11-27 16:30
today 4pm                   2026-11-25 16:00
in 2 hours                  2026-11-25 12:00
in an hour                  2026-11-25 11:00
in half an hour             2026-11-25 10:30
in 20 mins                  2026-11-25 10:20
within the hour             2026-11-25 11:00
3 dec 3pm                   2026-12-03 15:00
3 dec at 10                 2026-12-03 10:00
dec 3 10:30                 2026-12-03 10:30
the 28th at 4               2026-11-28 16:00
3/12 4pm                    2026-12-03 16:00
next week EOD               2026-12-04
friday latest               2026-11-27
fri at the latest           2026-11-27
no later than friday        2026-11-27
tomorrow (thurs)            2026-11-26

on 2026-11-22 (a Sunday)
fri                         2026-11-27
mon                         2026-11-23
next mon                    2026-11-23
next fri                    2026-11-27
monday week                 2026-11-30
next week                   2026-11-27
end of next week            2026-11-27
tomorrow                    2026-11-23
this weekend                2026-11-22
week after next             2026-12-04

on 2026-11-27 (a Friday)
eow                         2026-11-27
this week                   2026-11-27
this friday                 2026-11-27
next friday                 2026-12-04
next week                   2026-12-04
mon                         2026-11-30
3 working days              2026-12-02
over the weekend            2026-11-29

on 2026-11-30 (the last of a month, a Monday)
eom                         2026-11-30
next month                  2026-12-31
in a month                  2026-12-30
the 1st                     2026-12-01
tomorrow                    2026-12-01
in 3 months                 2027-02-28
fri                         2026-12-04
31st                        2026-12-31

on 2026-12-31 (a Thursday)
tomorrow                    2027-01-01
fri                         2027-01-01
in a week                   2027-01-07
1 jan                       2027-01-01
31/1                        2027-01-31
eoy                         2026-12-31
next month                  2027-01-31
in 2 months                 2027-02-28
next quarter                2027-03-31
q4                          2026-12-31
mon week                    2027-01-11

on 2028-02-26 (a Saturday of a leap year)
29 feb                      2028-02-29
eom                         2028-02-29
end of feb                  2028-02-29
tues                        2028-02-29
in 3 days                   2028-02-29
in a year                   2029-02-26
mon                         2028-02-28
next week                   2028-03-03

on 2028-02-29 (a Tuesday)
in a year                   2029-02-28
in a month                  2028-03-29
tomorrow                    2028-03-01
a week today                2028-03-07
"""

# What is asked about, and the days offered.
ASKED = """
on 2026-11-25 (a Wednesday)
wed                      2026-11-25, 2026-12-02
wednesday 5pm            2026-11-25 17:00, 2026-12-02 17:00
wed 9am                  2026-12-02 09:00
wed at 7                 2026-11-25 19:00, 2026-12-02 07:00, 2026-12-02 19:00
next fri at 7            2026-11-27 07:00, 2026-11-27 19:00, 2026-12-04 07:00, 2026-12-04 19:00
after 5pm                2026-11-25 17:00
around noon              2026-11-25 12:00
wed week                 2026-12-02, 2026-12-09
a week on wed            2026-12-02, 2026-12-09
next friday              2026-11-27, 2026-12-04
next thurs               2026-11-26, 2026-12-03
next sat                 2026-11-28, 2026-12-05
this monday              2026-11-30
6                        2026-12-06, 2026-11-25 18:00
at 6                     2026-11-25 18:00, 2026-11-26 06:00
fri at 7                 2026-11-27 07:00, 2026-11-27 19:00
fri 4                    2026-12-04, 2026-11-27 16:00
mon 9                    2026-11-30 09:00
tomorrow 9               2026-11-26 09:00
3 dec 6                  2026-12-03 18:00
mon 99                   2026-11-30
28                       2026-11-28
31                       2026-12-31
99                       -
10.10                    2026-10-10, 2027-10-10, 2026-11-25 10:10
12/13/26                 2026-12-13
31/11                    -
30 Feb                   -
31 Nov                   -
Nov 31                   -
29 feb 2027              -
2026-02-30               -
2026-13-01               -
2026-12-05 25:00         2026-12-05
fri 25:00                -
13pm                     -
yesterday                2026-11-24
last friday              2026-11-20
2 days ago               2026-11-23
Thu 27 Nov               2026-11-26, 2026-11-27
tomorrow (fri)           2026-11-26, 2026-11-27
20 nov                   2026-11-20, 2027-11-20
24/11                    2026-11-24, 2027-11-24
the 25th                 2026-11-25, 2026-12-25
the 24th                 2026-11-24, 2026-12-24
today 9am                2026-11-26 09:00
9am                      2026-11-26 09:00
in the morning           2026-11-25 12:00, 2026-11-26 12:00
first thing              2026-11-26 09:00
tues or weds             2026-12-01, 2026-12-02
mon-fri                  2026-11-27, 2026-11-30
mon/tues                 2026-11-30, 2026-12-01
tomorrow or friday       2026-11-26, 2026-11-27
before friday            2026-11-26, 2026-11-27
after friday             2026-11-27
around friday            2026-11-27
by the weekend           2026-11-27, 2026-11-29
next weekend             2026-11-29, 2026-12-06
june                     2027-06-01, 2027-06-30
in december              2026-12-01, 2026-12-31
early next week          2026-11-30, 2026-12-01, 2026-12-02
w/c 7 dec                2026-12-07, 2026-12-11
next year                2027-12-31
May 28                   2027-05-28, 2028-05-31
fri if possible          2026-11-27
maybe friday             2026-11-27
fri 3-4pm                2026-11-27
fri 3pm EST              2026-11-27
4:30 est tomorrow        2026-11-26
soon                     -
asap                     -
shortly                  -
later                    -
in a few days            -
2-3 days                 -
a couple of days         -
every monday             -
mondays                  -
after easter             -
before the interview     -
friday after next        -
christmas                -
when he is back          -
banana                   -
not friday               -
?                        -
!!                       -
0                        -
-                        -
12345                    -
99/99                    -

on 2026-11-22 (a Sunday)
sun                      2026-11-22, 2026-11-29
weekend                  2026-11-22, 2026-11-29
this monday              2026-11-23
this week                2026-11-27
eow                      2026-11-27

on 2026-11-27 (a Friday)
fri                      2026-11-27, 2026-12-04
fri week                 2026-12-04, 2026-12-11
fri 3pm                  2026-11-27 15:00, 2026-12-04 15:00

on 2026-12-31 (a Thursday)
thu                      2026-12-31, 2027-01-07
the 31st                 2026-12-31, 2027-01-31
25 dec                   2026-12-25, 2027-12-25
"""


def rows(table: str) -> list[tuple[date, str, str]]:
    """The day on which it is typed, the words, and what is expected."""
    today, found = date.min, []
    for line in filter(None, table.splitlines()):
        if line.startswith("on ") and "(" in line:
            today = date.fromisoformat(line[3:13])
        else:
            words, _, expected = line.rpartition("  ")
            found.append((today, words.strip(), expected.strip()))
    return found


def typed(words: str, today: date, month_first: bool | None = False) -> Said | Question:
    return read(words, datetime.combine(today, TEN), month_first)


@pytest.mark.parametrize(("today", "words", "expected"), rows(CLEAR))
def test_what_is_clear_is_read_in_full(today: date, words: str, expected: str) -> None:
    answer = typed(words, today)

    assert isinstance(answer, Said), answer
    assert answer.iso() == expected


@pytest.mark.parametrize(("today", "words", "choices"), rows(ASKED))
def test_what_is_not_is_asked_about_and_never_guessed(today: date, words: str, choices: str) -> None:
    answer = typed(words, today)

    assert isinstance(answer, Question), answer
    assert ", ".join(each.iso() for each in answer.choices) == choices.strip("-")
    assert answer.sentence.endswith((".", "?"))


@pytest.mark.parametrize(
    ("words", "month_first", "expected"),
    [
        ("3/12", False, "2026-12-03"),
        ("3/12", True, "2027-03-12"),
        ("12/13/26", True, "2026-12-13"),
        ("12/3/26", True, "2026-12-03"),
        ("27/11", None, "2026-11-27"),
        ("11/27", None, "2026-11-27"),
        ("4/4", None, "2027-04-04"),
        ("Thursday 3/12", False, "2026-12-03"),
        ("dec 26", True, "2026-12-26"),
    ],
)
def test_the_country_says_which_comes_first(words: str, month_first: bool | None, expected: str) -> None:
    answer = typed(words, date(2026, 11, 25), month_first)

    assert isinstance(answer, Said)
    assert answer.iso() == expected


@pytest.mark.parametrize(
    ("words", "month_first", "choices"),
    [
        ("3/12", None, ["2026-12-03", "2027-03-12"]),
        ("3/12/26", None, ["2026-03-12", "2026-12-03"]),
        ("27/11", True, ["2026-11-27"]),
        ("11/27", False, ["2026-11-27"]),
        ("13/13", None, []),
    ],
)
def test_where_nobody_knows_it_is_asked(words: str, month_first: bool | None, choices: list[str]) -> None:
    answer = typed(words, date(2026, 11, 25), month_first)

    assert isinstance(answer, Question)
    assert sorted(each.iso() for each in answer.choices) == choices


def test_a_question_names_what_may_be_meant() -> None:
    asked = typed("next friday", date(2026, 11, 25))

    assert asked == Question(
        "Do you mean Fri 27 Nov 2026 or Fri 4 Dec 2026?", (Said(date(2026, 11, 27)), Said(date(2026, 12, 4)))
    )
    assert typed("Thu 27 Nov", date(2026, 11, 25)).sentence.startswith("Fri 27 Nov 2026 is a Friday.")
    assert typed("asap", date(2026, 11, 25)).sentence == "That is not a date. By when at the latest?"


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("last monday", "2026-11-16"),
        ("yesterday", "2026-11-24"),
        ("1 nov", "2026-11-01"),
        ("1 jan", "2027-01-01"),
        ("this monday", "2026-11-23"),
        ("2 weeks ago", "2026-11-11"),
        ("last month", "2026-10-31"),
        ("last week", "2026-11-20"),
        ("fri", "2026-11-27"),
        ("2026-03-01", "2026-03-01"),
    ],
)
def test_where_a_day_may_be_past_it_is_the_nearest(words: str, expected: str) -> None:
    answer = read(words, datetime.combine(date(2026, 11, 25), TEN), False, either=True)

    days = [answer] if isinstance(answer, Said) else list(answer.choices)
    assert expected in [each.iso() for each in days]


DAYS = st.dates(date(1901, 1, 1), date(2199, 12, 31))
HOURS = st.one_of(st.none(), st.times().map(lambda at: at.replace(second=0, microsecond=0)))
WORDS = st.lists(
    st.sampled_from(
        "fri monday next last this week 3 12 3/12 at by the 28th of dec may in a an two weeks fortnight or and - , half"
        " quarter past to 4 noon pm am 16:30 10.30 end month tomorrow before after few couple 99 feb q1 w/c first thing"
        " ( ) 2moro 31 29 weekend later year day".split()
    ),
    max_size=8,
).map(" ".join)


@given(st.one_of(st.text(max_size=60), WORDS), st.dates(), st.sampled_from([None, True, False]), st.booleans())
@settings(max_examples=300, deadline=None)
def test_nothing_that_can_be_typed_makes_it_stumble(
    words: str, today: date, month_first: bool | None, either: bool
) -> None:
    now = datetime.combine(today, TEN)

    answer = read(words, now, month_first, either)
    found = phrases(words, today, bool(month_first))

    if isinstance(answer, Question):
        assert answer.sentence
        assert all(read(each.iso(), now) == each for each in answer.choices)
    assert all(0 <= each.start < each.end <= len(words) for each in found)
    assert [each.start for each in found] == sorted({each.start for each in found})


@given(DAYS, HOURS, DAYS, st.sampled_from([None, True, False]))
def test_a_due_as_it_is_shown_reads_back_to_itself(
    on: date, at: time | None, today: date, month_first: bool | None
) -> None:
    shown = Due(on, at, "Europe/London").said()

    assert typed(shown, today, month_first) == Said(on, at)


@given(DAYS, HOURS, DAYS)
def test_dates_as_machines_write_them_are_always_themselves(on: date, at: time | None, today: date) -> None:
    assert typed(Said(on, at).iso(), today, None) == Said(on, at)


# In running text

NOTES = """
on 2026-11-25 (a Wednesday)
told her we'd ring [by Fri]                                          2026-11-27
will send it [tomorrow am] if she can                       2026-11-26
client back to us [next Tues], she knows                             2026-12-01
he'll decide [next wk]                                               2026-12-04
contract out [by the end of next week].                              2026-12-04
we'll pay [in fridays pay run]                                       2026-11-27
rate review [from 1st Dec]                                           2026-12-01
she'll hold it [til the 28th]                                        2026-11-28
ring him [a wk on Thurs]                                             2026-12-03
let her know [thurs wk] for sure                                     2026-12-03
[Monday week] suits both                                             2026-12-07
[First thing Monday morning] I'll chase payroll                      2026-11-30
docs over [by COP Friday]                                            2026-11-27
feedback [within 48 hrs]                                             2026-11-27
will send [in next hr]                                               2026-11-25
call back [by 3]                                                     2026-11-25
ring client [at half four]                                           2026-11-25
answer [EOD]                                                         2026-11-25
CV [tonight]                                                         2026-11-25
a reply [over the weekend]                                           2026-11-29
refs [by the end of the month]                                       2026-11-30
he'll ring [in Q1]                                                   2027-03-31
starts looking [in the next 2 weeks]                                 2026-12-09
I'd be back to her [in a fortnight] re notice                        2026-12-09
send the pack [2moro] first class                                    2026-11-26
will do it [sunday]                                                  2026-11-29
I'll write one [today]                                               2026-11-25
I'd do one [on Thurs]                                                2026-11-26
put her fwd for the Derby one [tonight]                              2026-11-25
JD [by Thursday evening]                                             2026-11-26
speak [on Tuesday, December 1] about it                              2026-12-01
offer letter [by 3rd Dec]                                            2026-12-03
invoice [by 3/12]                                                    2026-12-03
timesheet [by Mon at the latest]                                     2026-11-30
I'll email [later today]                                             2026-11-25
update [later this week]                                             2026-11-27
meet [the day after tomorrow]                                        2026-11-27
Photos over [by Sat]. We'll sub him                                  2026-11-28
ring [asap]                                                          -
send it [shortly]                                                    -
timesheets [every Monday]                                            -
let her know [in a few days]                                         -
a word [after Easter]                                                -
call [before the interview]                                          -
an answer [Tues or Weds]                                             -
round [between Mon and Fri]                                          -
post it [early next week]                                            -
at the start of [next week]                                          -
pass on [by the weekend]                                             -
done [before Friday]                                                 -
the form [by 31 Nov]                                                 -
sign [Thurs 27 Nov]                                                  -
passport expires [May 26] they say                                   -
back [Tues] 8 once signed                                            -
hols [on 5/6] Dec                                                    -
same time [next week]                                                -
will call [at 4:30 EST tomorrow]                                     2026-11-26
timesheet [Weds. COB]                                                2026-12-02
he'll ring [wk on Sat]                                               2026-12-05
I'd reply [by close Friday]                                          2026-11-27
every Friday [by 5]                                                  -
tomorrow's interview [at 10]                                         -
contract ends [by 5 May 2025]                                        -
starts [by 14.12] at the yard                                        -
rings [every other Friday]                                           -
I'll be with her [before 5pm]                                        2026-11-25
he'd ring [in half hour]                                             2026-11-25

on 2026-03-09 (a Monday)
debrief w/ him [Thursday 3/12]                                       2026-03-12
pay him [this Fri]                                                   2026-03-13
call [Mon]                                                           2026-03-16
"""
NO_DUES = """
he sat an exam and the sun was out
wants 4 wks notice, on 21.50 umbrella, at £17.30 now
Mon-time pressures aside, 24/7 cover, rotational 3/3, 50/50
spoke to her last Friday, and 2 days ago as well
not seen since Monday
works Fridays and on Saturdays
she may 3 times a week
at the end of the day it is her choice
on the 1st floor, 3rd interview, 2nd stage
by 2 candidates at 3 sites, up 10%
weekend shifts, night work, morning person
22 yrs in, 6 months temp, 2 weeks holiday
yesterday he rang
the March hare, an August body
call him the following Monday, or any Friday
lives within 30 mins drive, on the 2nd week of the rota
this past Friday, and the previous Monday
"""


def dues(table: str) -> list[tuple[date, str, str, str]]:
    """The day of writing, the text, the phrase that stands in brackets, and its date."""
    return [
        (day, text.replace("[", "").replace("]", ""), text[text.index("[") + 1 : text.index("]")], on)
        for day, text, on in rows(table)
    ]


@pytest.mark.parametrize(("written_on", "text", "phrase", "on"), dues(NOTES))
def test_a_due_is_found_in_a_note_with_the_words_that_lead_to_it(
    written_on: date, text: str, phrase: str, on: str
) -> None:
    found = {text[each.start : each.end]: each.on for each in phrases(text, written_on)}

    assert phrase in found
    assert found[phrase] == (None if on == "-" else date.fromisoformat(on))


@pytest.mark.parametrize("text", NO_DUES.strip().splitlines())
def test_what_is_no_due_is_not_found(text: str) -> None:
    assert [text[each.start : each.end] for each in phrases(text, date(2026, 11, 25)) if each.on] == []


def test_the_hour_is_found_with_the_day() -> None:
    assert phrases("Ring her Fri 3pm.", date(2026, 11, 25)) == [Phrase(9, 16, date(2026, 11, 27), time(15))]


def test_americans_write_the_month_first() -> None:
    (found,) = phrases("Send it by 3/12", date(2026, 1, 5), month_first=True)

    assert found.on == date(2026, 3, 12)


def test_a_long_note_is_read_to_its_end() -> None:
    words = "Told her I'd ring by lunchtime tmrw, in 2 wks or on Thursday 3/12; rate 21.50, 4 wks notice. "

    begun = process_time()
    phrases(words * 100, date(2026, 11, 25))

    assert process_time() - begun < ENDS


@pytest.mark.parametrize("word", ["mon, ", "early ", "w/c ", "the ", "end of ", "next ", "3/12 or ", "a week on ", "("])
def test_a_word_said_a_thousand_times_does_not_make_it_stumble(word: str) -> None:
    begun = process_time()

    phrases(word * 2000, date(2026, 11, 25))
    read(word * 2000, datetime.combine(date(2026, 11, 25), TEN), None)

    assert process_time() - begun < ENDS


@pytest.mark.skipif(not SHARED.exists(), reason="The notes with their promises are not here.")
def test_every_due_of_the_notes_is_found_with_its_date() -> None:
    notes = [json.loads(line) for line in SHARED.read_text().splitlines()]

    missed = [
        (note["id"], promise["due_phrase"])
        for note in notes
        for promise in note["promises"]
        if promise["due_phrase"] and (promise["due_phrase"], promise["due_date"]) not in _found(note)
    ]

    assert missed == []


def _found(note: dict[str, str]) -> set[tuple[str, str | None]]:
    found = phrases(note["note"], date.fromisoformat(note["written_on"]))
    return {(note["note"][each.start : each.end], each.on.isoformat() if each.on else None) for each in found}


def test_days_count_from_the_day_of_writing() -> None:
    (found,) = phrases("ring her in 3 days", date(2026, 11, 25))

    assert found.on == date(2026, 11, 25) + timedelta(days=3)
