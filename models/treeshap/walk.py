"""The contributions of all rows, eight rows abreast, compiled.

Let each signal be told with chance t, apart from the others, and not told otherwise; a tree whose
signal is not told sends its training rows' share to either side. The mean output is a polynomial of
t, and a signal's Shapley value is the mean over t from 0 to 1 of how much telling it moves that
output (Owen 1972). Few points of Gauss and Legendre give this mean exactly. At each point a tree is
walked twice: downwards for the chance to reach each node, upwards for the mean output below it.

A node sends `share + tau * moved` to the left, where `moved` is 1 - share or -share, as the row
goes, and tau = t. It adds `moved` * chance to reach it * difference of its sides to its signal.
Where its signal was asked for above (its twin), the row's way there is part of the same condition:
with the share `kept` that was let through so far, tau = t / (t + (1 - t) kept), the contribution
weighs kept / (t + (1 - t) kept)^2 (`gain`), and `moved` is 0 once the row has left the way.
"""

import numpy as np
from numba import njit

from .abreast import (
    ABREAST,
    every,
    if_at_most,
    if_same,
    load,
    minus,
    store,
    times,
    times_plus,
)

# Vectors of rows that take a tree in turn while it is in the cache.
_TURNS = 8

# What the columns of these arrays hold, see `tables.py` and `questions.py`.
_NODES, _POINTS, _WEIGHTS = range(3)
_QUESTION, _SIGNAL, _LEFT, _RIGHT, _PARENT, _TWIN, _CURVE, _PARENT_CURVE = range(8)
_THRESHOLD, _SHARE, _START, _SIGN, _WAY = range(5)
_COLUMN, _ZERO_IS_MISSING, _WORDS, _WORDS_END = range(4)

# LightGBM takes numbers up to this as 0.
_ZERO = float(np.float32(1e-35))


@njit(cache=True, nogil=True)
def walk(  # type: ignore[no-untyped-def]
    matrix, found, trees, whole, real, leaves, tau, gain, weights, questions, fill, words
):
    """Add the contributions of each row to `found` (rows × at least the columns), in place."""
    rows, columns = matrix.shape
    turns = max(1, min(_TURNS, (rows + ABREAST - 1) // ABREAST))
    told = np.empty((turns, len(questions), ABREAST))
    sums = np.empty((turns, columns, ABREAST))
    most, slots = 0, 0
    for tree in trees:
        most = max(most, tree[_NODES])
        slots = max(slots, tree[_NODES] * tree[_POINTS])
    moved, way = np.empty((most, ABREAST)), np.empty((most, ABREAST))
    # Not of the same size: arrays a whole number of pages apart hold up each other's reads.
    reach, below = np.empty((slots + 5, ABREAST)), np.empty((2 * slots + most + 9, ABREAST))
    for begin in range(0, rows, turns * ABREAST):
        block = matrix[begin : begin + turns * ABREAST]
        ask(block, questions, fill, words, told)
        sums[:] = 0
        first, leaf = 0, 0
        for tree in trees:
            nodes, points = tree[_NODES], tree[_POINTS]
            for at in range((nodes + 1) * points):
                store(below, nodes * points + at, every(leaves[leaf + at // points]))
            for turn in range((len(block) + ABREAST - 1) // ABREAST):
                for point in range(points):
                    store(reach, point, every(weights[tree[_WEIGHTS] + point]))
                _down(nodes, points, first, whole, real, tau, told[turn], moved, way, reach)
                _up(nodes, points, first, whole, real, tau, gain, moved, reach, below, sums[turn])
            first += nodes
            leaf += nodes + 1
        for row in range(len(block)):
            for column in range(columns):
                found[begin + row, column] += sums[row // ABREAST, column, row % ABREAST]


@njit(cache=True, nogil=True)
def _down(  # type: ignore[no-untyped-def]
    nodes, points, first, whole, real, tau, told, moved, way, reach
):
    """Which way the rows go at each node, and with what chance they come there at each point."""
    for node in range(nodes):
        at = np.uint64(first + node)
        value, threshold = load(told, whole[at, _QUESTION]), every(real[at, _THRESHOLD])
        share = real[at, _SHARE]
        further = if_at_most(value, threshold, every(1 - share), every(-share))
        left = if_at_most(value, threshold, every(1.0), every(0.0))
        twin = whole[at, _TWIN]
        if twin >= 0:
            came, on_way = load(way, twin), every(real[at, _WAY])
            further = if_same(came, on_way, further, every(0.0))
            left = if_same(came, on_way, left, every(2.0))
        store(moved, node, further)
        store(way, node, left)
        if node:
            parent, curve = whole[at, _PARENT], np.uint64(whole[at, _PARENT_CURVE])
            further = times(load(moved, parent), every(real[at, _SIGN]))
            start = every(real[at, _START])
            for point in range(points):
                chance = times_plus(every(tau[curve + np.uint64(point)]), further, start)
                above = load(reach, parent * points + point)
                store(reach, node * points + point, times(above, chance))


@njit(cache=True, nogil=True)
def _up(  # type: ignore[no-untyped-def]
    nodes, points, first, whole, real, tau, gain, moved, reach, below, sums
):
    """The mean output below each node at each point, and what the nodes' signals contribute."""
    for node in range(nodes - 1, -1, -1):
        at = np.uint64(first + node)
        left, right, curve = whole[at, _LEFT], whole[at, _RIGHT], np.uint64(whole[at, _CURVE])
        further, share, weighed = load(moved, node), every(real[at, _SHARE]), every(0.0)
        for point in range(points):
            outer = load(below, right + point)
            apart = minus(load(below, left + point), outer)
            chance = times_plus(every(tau[curve + np.uint64(point)]), further, share)
            store(below, node * points + point, times_plus(chance, apart, outer))
            apart = times(load(reach, node * points + point), apart)
            weighed = times_plus(every(gain[curve + np.uint64(point)]), apart, weighed)
        signal = whole[at, _SIGNAL]
        store(sums, signal, times_plus(further, weighed, load(sums, signal)))


@njit(cache=True, nogil=True)
def ask(block, questions, fill, words, told):  # type: ignore[no-untyped-def]
    """The answers of each row, in the order of the questions; rows that are not there repeat."""
    for at in range(len(block) + (-len(block)) % ABREAST):
        row = min(at, len(block) - 1)
        for which in range(len(questions)):
            value = block[row, questions[which, _COLUMN]]
            begin, end = questions[which, _WORDS], questions[which, _WORDS_END]
            if end > begin:
                answer = -np.inf if _among(value, words, begin, end) else np.nan
            else:
                answer = 0.0 if abs(value) <= _ZERO else value
                if np.isnan(answer) or (answer == 0 and questions[which, _ZERO_IS_MISSING]):
                    answer = fill[which]
            told[at // ABREAST, which, at % ABREAST] = answer


@njit(cache=True, nogil=True)
def _among(value, words, begin, end):  # type: ignore[no-untyped-def]
    """Whether a category's bit is set; decimals are cut off."""
    if not -1 < value < 32 * (end - begin):
        return False
    category = int(value)
    return (words[begin + (category >> 5)] >> np.uint32(category & 31)) & np.uint32(1) != 0
