"""The templates of this folder. What is put into them is escaped, unless it was drawn here."""

from functools import cache
from importlib.resources import files
from typing import Any

from jinja2 import Environment, FunctionLoader, StrictUndefined
from markupsafe import Markup


def rendered(name: str, **values: Any) -> Markup:
    """A template with its values; what a template asks for and is not there is an error."""
    return Markup(_environment().get_template(name).render(**values))


def text(name: str) -> str:
    """A file among the templates, as it is."""
    return files(__package__).joinpath("templates", name).read_text(encoding="utf-8")


@cache
def _environment() -> Environment:
    return Environment(
        autoescape=True,
        undefined=StrictUndefined,
        loader=FunctionLoader(text),
        trim_blocks=True,
        lstrip_blocks=True,
    )
