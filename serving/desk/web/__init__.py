"""The desk as pages in a browser."""

from .application import desk_application
from .settings import POLICIES, DeskSettings, Proxy

__all__ = ["POLICIES", "DeskSettings", "Proxy", "desk_application"]
