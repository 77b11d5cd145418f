"""The numbers of eight rows as one value that compiled functions can reckon with.

A type of its own because LLVM cannot see that the arrays of a walk never overlap, and then computes
row by row. numba renews a compiled function when its own file changes, and not for what it calls:
after a change here, touch `walk.py`.
"""

from collections.abc import Callable
from typing import Any

from llvmlite import ir
from numba import types
from numba.core import cgutils
from numba.extending import intrinsic, models, register_model

ABREAST = 8

_VECTOR = ir.VectorType(ir.DoubleType(), ABREAST)


class _Abreast(types.Type):
    """The numbers of eight rows."""


@register_model(_Abreast)
class _AbreastModel(models.PrimitiveModel):
    def __init__(self, manager: Any, kind: types.Type) -> None:
        super().__init__(manager, kind, _VECTOR)


_ROWS = _Abreast(name=f"Abreast{ABREAST}")


def _place(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
    array = context.make_array(signature.args[0])(context, builder, arguments[0])
    at = context.cast(builder, arguments[1], signature.args[1], types.intp)
    number = builder.mul(at, ir.Constant(at.type, ABREAST))
    return builder.bitcast(builder.gep(array.data, [number]), _VECTOR.as_pointer())


@intrinsic
def load(typing, array, at):  # type: ignore[no-untyped-def]
    """The vector at a position of an array whose last axis is as long as a vector."""

    def made(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        return builder.load(_place(context, builder, signature, arguments), align=8)

    return _ROWS(array, at), made


@intrinsic
def store(typing, array, at, value):  # type: ignore[no-untyped-def]
    """Put a vector at such a position."""

    def made(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        builder.store(arguments[2], _place(context, builder, signature, arguments), align=8)
        return context.get_dummy_value()

    return types.void(array, at, value), made


@intrinsic
def every(typing, number):  # type: ignore[no-untyped-def]
    """One number for all rows."""

    def made(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        nothing, index = ir.Constant(_VECTOR, ir.Undefined), ir.IntType(32)
        one = builder.insert_element(nothing, arguments[0], ir.Constant(index, 0))
        first = ir.Constant(ir.VectorType(index, ABREAST), [0] * ABREAST)
        return builder.shuffle_vector(one, nothing, first)

    return _ROWS(types.float64), made


def _of_two(operation: str) -> Callable[..., Any]:
    def typed(typing, one, other):  # type: ignore[no-untyped-def]
        return _ROWS(one, other), lambda _, builder, __, two: getattr(builder, operation)(*two)

    return intrinsic(typed)


def _either(comparison: str) -> Callable[..., Any]:
    """Of each row the third argument where the first two compare so, else the fourth."""

    def typed(typing, one, other, then, otherwise):  # type: ignore[no-untyped-def]
        def made(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
            holds = builder.fcmp_ordered(comparison, *arguments[:2])
            return builder.select(holds, *arguments[2:])

        return _ROWS(one, other, then, otherwise), made

    return intrinsic(typed)


minus, times = _of_two("fsub"), _of_two("fmul")
if_at_most, if_same = _either("<="), _either("==")


@intrinsic
def times_plus(typing, one, other, more):  # type: ignore[no-untyped-def]
    """one * other + more, in one step where the processor has it."""

    def made(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        name, kind = f"llvm.fmuladd.v{ABREAST}f64", ir.FunctionType(_VECTOR, [_VECTOR] * 3)
        return builder.call(cgutils.get_or_insert_function(builder.module, kind, name), arguments)

    return _ROWS(one, other, more), made
