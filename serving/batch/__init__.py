"""Any number of scores into a file, block by block, to be taken up again where it was cut off."""

from .parts import OtherRun, Parts
from .run import ROWS_A_PART, Batch, Recorder, Written, score_into

__all__ = ["ROWS_A_PART", "Batch", "OtherRun", "Parts", "Recorder", "Written", "score_into"]
