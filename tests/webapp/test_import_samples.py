"""The samples beside the project, if they are there: what each comes to, alone and one after the other."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.agency import Clock, open_agency, settings_for
from tests.importing import imported, people, undone

SAMPLES = Path(__file__).parents[3] / "shared" / "import-samples"
pytestmark = pytest.mark.skipif(
    not SAMPLES.is_dir(), reason=f"There are no samples beside the project ({SAMPLES.name})."
)

ALONE = {
    "linkedin-Connections.csv": {"added": 126, "notes": 126, "refused": 1},
    "google-contacts.csv": {"added": 125, "changed": 1, "notes": 121, "matched": 1, "refused": 1},
    "opencats-candidates.csv": {"added": 125, "changed": 1, "notes": 126, "matched": 1, "refused": 1},
    "contacts.vcf": {"added": 40, "notes": 40},
    "excel-german-latin1.csv": {"added": 60, "notes": 60},
    "notes-only.csv": {"refused": 480},
    "whatsapp-chat.txt": {"notes": 4, "matched": 4},
}
"""What each comes to in an agency that knows only Ada Byron and Bob Stone."""

ONE_AFTER_THE_OTHER = {
    "opencats-candidates.csv": {"added": 125, "changed": 1, "notes": 126, "matched": 1, "refused": 1},
    "google-contacts.csv": {"changed": 126, "notes": 121, "matched": 126, "refused": 1},
    "contacts.vcf": {"changed": 40, "notes": 40, "matched": 40},
    "excel-german-latin1.csv": {"added": 2, "changed": 46, "notes": 60, "matched": 58},
    "notes-only.csv": {"notes": 462, "matched": 462, "refused": 18},
    "whatsapp-chat.txt": {"notes": 4, "matched": 4},
}


@pytest.fixture
def agency(tmp_path):
    agency = open_agency(settings_for(tmp_path / "home"), Clock())
    yield agency
    agency.kept.close()


def come_to(agency, name):
    encoding = {"encoding": "cp1252"} if "latin1" in name else {}
    return imported(agency.kept, agency.dana, SAMPLES / name, **encoding)


@pytest.mark.parametrize("name", ALONE)
def test_each_sample_alone(agency, name):
    assert come_to(agency, name)[1] == ALONE[name]


def test_samples_one_after_the_other_twice_and_taken_back(agency):
    done = {name: come_to(agency, name) for name in ONE_AFTER_THE_OTHER}
    again = {name: come_to(agency, name) for name in ONE_AFTER_THE_OTHER}

    assert {name: figures for name, (_, figures) in done.items()} == ONE_AFTER_THE_OTHER
    assert all(set(figures) <= {"matched", "refused"} for _, figures in again.values())
    assert not any("stayed" in undone(agency.kept, draft) for draft, _ in reversed(done.values()))
    assert set(people(agency.kept)) == {"Ada Byron", "Bob Stone"}
