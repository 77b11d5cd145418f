"""What every command agrees on."""

from enum import IntEnum

CHAMPION = "models:/shiprisk@champion"
LOCAL_STORE = "sqlite:///mlflow.db"


class Exit(IntEnum):
    """Exit codes: all well, an error that stopped the work, some records were rejected, drift."""

    WELL = 0
    FAILED = 1
    SOME_REJECTED = 3
    DRIFT_FOUND = 5
