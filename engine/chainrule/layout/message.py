"""How a problem and its solution travel between processes: JSON, checked when it is read."""

from __future__ import annotations

import msgspec
import numpy as np

from chainrule.layout.problem import LayeredProblem, Positions


def encode_problem(problem: LayeredProblem) -> bytes:
    """Return the problem as JSON."""
    return msgspec.json.encode(problem)


def decode_problem(message: bytes) -> LayeredProblem:
    """Return the problem; raise msgspec.ValidationError if the message is none."""
    return msgspec.json.decode(message, type=LayeredProblem)


def encode_positions(positions: Positions) -> bytes:
    """Return positions as JSON: one pair for each node."""
    return msgspec.json.encode(positions.tolist())


def decode_positions(message: bytes) -> Positions:
    """Return positions, shape (n, 2); raise msgspec.DecodeError if the message holds none."""
    pairs = msgspec.json.decode(message, type=list[tuple[float, float]])
    return np.array(pairs, dtype=np.float64).reshape(-1, 2)
