"""What a model is worth: measured forward in time, and estimated for what was not inspected."""

from .calibration import Calibration
from .evaluate import Evaluation, evaluate
from .folds import Prequential, prequential, without_test
from .groups import never_seen
from .judged import Judged, Trial
from .owner_report import OwnerGroup, OwnerReport
from .posts import Post
from .raw import Raw
from .refit import OutcomesCheck, outcomes_check
from .sample import Sample, every_route, random_part, standing_for_all
from .selective import Estimate, Selective, estimate, in_top
from .shares import Share
from .told import as_document, tracked_figures
from .truth import Truth

__all__ = [
    "Calibration",
    "Estimate",
    "Evaluation",
    "Judged",
    "OutcomesCheck",
    "OwnerGroup",
    "OwnerReport",
    "Post",
    "Prequential",
    "Raw",
    "Sample",
    "Selective",
    "Share",
    "Trial",
    "Truth",
    "as_document",
    "estimate",
    "evaluate",
    "every_route",
    "in_top",
    "never_seen",
    "outcomes_check",
    "prequential",
    "random_part",
    "standing_for_all",
    "tracked_figures",
    "without_test",
]
