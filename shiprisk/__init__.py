"""shiprisk says which few shipments to inspect, and why."""

from pathlib import Path

# In a checkout the folders features/, models/, serving/ and training/ stand beside this package;
# when installed they are inside it. Either way they are imported as shiprisk.<folder>.
if not (Path(__file__).parent / "features").is_dir():
    __path__.append(str(Path(__file__).parent.parent))

__version__ = "0.1.0"
