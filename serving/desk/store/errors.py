"""What cannot be done at the desk."""


class DeskError(ValueError):
    """What was asked of the desk cannot be done; says why and what to do."""


class Overtaken(DeskError):
    """Somebody else wrote first: what was asked rested on an older state."""
