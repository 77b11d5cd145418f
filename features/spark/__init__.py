"""The same signals on Spark, an extra: imported only where it is asked for. See docs/scale.md."""

from .records import SparkRecords, ranges_for
from .remembering import joined

__all__ = ["SparkRecords", "joined", "ranges_for"]
