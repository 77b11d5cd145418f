"""A model trained on the first part of the small world, and the records that came after."""

from datetime import date

import pytest

from shiprisk.features import Records
from shiprisk.training import Settings, Trained, train

CUT, QUIET_UNTIL = date(2024, 9, 1), date(2024, 10, 1)


@pytest.fixture(scope="package")
def earlier(records: Records) -> Trained:
    """What was trained on the records before the cut."""
    return train(records, Settings(as_of=CUT, most_trees=30, choose_share=0.3, test_share=0.3))
