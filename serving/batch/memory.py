"""Memory back to the system after each block: allocators keep what is free among what is not."""

import ctypes
import gc
import sys

import pyarrow as pa

# Only glibc has it; there, a run would otherwise keep twice the memory that its blocks take.
_TRIM = getattr(ctypes.CDLL(None), "malloc_trim", None) if sys.platform == "linux" else None


def give_back() -> None:
    """Give back what was held by objects made since the last time and no longer used."""
    gc.collect(0)
    pa.default_memory_pool().release_unused()
    if _TRIM is not None:
        _TRIM(0)
