"""The links of the timeline lead to laboratories that exist, with settings that those have."""

import re
from pathlib import Path

import pytest

from dashboard.activations.race import RUNNERS
from dashboard.language.time_links import AGAIN
from dashboard.navigation import PAGES
from dashboard.zoo.cards_lab import CARD
from nnjax.language.milestones import MILESTONES

CHOICES = {"neuron_lab", "backward_lab", "architecture_lab", "activation_lab", "zoo_lab", "llm_lab"}


@pytest.mark.parametrize("key", MILESTONES)
def test_a_milestone_leads_to_laboratories_that_exist(key):
    assert AGAIN[key]
    for again in AGAIN[key]:
        page = Path(PAGES[again.page].path).read_text("utf-8")
        for name, value in again.settings.items():
            if name in CHOICES:
                assert f'choice="{name}"' in page
                assert re.search(rf'Laboratory\("{re.escape(value)}"', page), value
            else:
                setting = {RUNNERS.key: RUNNERS, CARD.key: CARD}[name]
                assert setting.parse(value)
