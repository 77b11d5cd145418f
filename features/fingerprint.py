"""What a definition does, as a short text: it changes when the code behind it does."""

import ast
import hashlib
import inspect
import textwrap
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from types import FunctionType
from typing import Any

from .block import Node
from .declare import Fact
from .trailing import LedgerKey

_OURS = __name__.rpartition(".")[0]


def fingerprint(name: str, nodes: Mapping[str, Node]) -> str:
    """A digest of the code of a fact or signal and of all it is computed from."""
    return _digest(repr(sorted(set(_traced(name, nodes)))))


def ledger_fingerprint(key: LedgerKey, columns: Sequence[str], nodes: Mapping[str, Node]) -> str:
    """A digest of the code behind a ledger's key and of what it sums."""
    names = (*key.by, key.ranked, key.on, *columns)
    return _digest(repr([fingerprint(name, nodes) for name in names]))


def _traced(name: str, nodes: Mapping[str, Node]) -> Iterator[str]:
    node = nodes.get(name)
    if node is None:
        yield name
        return
    yield f"{name}={_code(node.function) if isinstance(node, Fact) else repr(node)}"
    for input_name in node.inputs:
        yield from _traced(input_name, nodes)


@cache
def _code(function: Callable[..., Any]) -> str:
    """The code of a function and of our own functions and constants that it names."""
    tree = _without_words(function)
    names = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
    known = {name: function.__globals__[name] for name in names & function.__globals__.keys()}
    meanings = [f"{name}={_meaning_of(value)}" for name, value in sorted(known.items())]
    return _digest(ast.unparse(tree) + repr(meanings))


def _meaning_of(value: Any) -> str:
    if isinstance(value, FunctionType) and value.__module__.startswith(_OURS):
        return _code(value)
    return repr(value) if isinstance(value, int | float | str | tuple | frozenset) else ""


def _without_words(function: Callable[..., Any]) -> ast.AST:
    """The function's syntax tree without its docstring and decorators."""
    tree = ast.parse(textwrap.dedent(inspect.getsource(function))).body[0]
    if isinstance(tree, ast.FunctionDef):
        tree.decorator_list = []
        if ast.get_docstring(tree) is not None:
            tree.body = tree.body[1:]
    return tree


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]
