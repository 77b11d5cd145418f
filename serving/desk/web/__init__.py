"""The desk as pages in a browser."""

from .application import desk_application
from .settings import POLICIES, DeskSettings, Proxy, UnsafeDesk

__all__ = ["POLICIES", "DeskSettings", "Proxy", "UnsafeDesk", "desk_application"]
