"""What stops the comparison of models and the change of the one in use."""


class RegistryError(ValueError):
    """A store of models that cannot be used as asked; says what is lacking and what to do."""


class ComparisonError(ValueError):
    """Models that cannot be compared on the given records; says why and what to do."""
