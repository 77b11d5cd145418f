"""What every command agrees on."""

from enum import IntEnum

CHAMPION = "models:/shiprisk@champion"
LOCAL_STORE = "sqlite:///mlflow.db"


class Exit(IntEnum):
    """Exit codes.

    0: all well. 1: an error stopped the work. 3: some records were rejected. 4: the challenger was
    refused, or would be. 5: drift was found. (2 is a command line that makes no sense.)
    """

    WELL = 0
    FAILED = 1
    SOME_REJECTED = 3
    REFUSED = 4
    DRIFT_FOUND = 5
