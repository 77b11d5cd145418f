"""Scores on Spark, an extra: imported only where it is asked for. See docs/scale.md."""

from .scores import Scores, score_on_spark

__all__ = ["Scores", "score_on_spark"]
