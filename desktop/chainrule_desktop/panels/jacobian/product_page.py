"""What the backward pass does instead of forming a Jacobian, beside what forming it would take."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, final

import numpy as np
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from chainrule.arrays import Array, Floats
from chainrule.autodiff.jacobian.jacobian import Jacobian
from chainrule.autodiff.jacobian.matrices import Selection
from chainrule.autodiff.jacobian.structure import said_bytes
from chainrule.gates.gate import Elementwise
from chainrule_desktop.panels.jacobian.strip import Strip
from chainrule_desktop.panels.page_parts import heading, label_of
from chainrule_desktop.theme import Theme, set_part

# A Jacobian of so many entries is formed to show that it gives the same.
LARGEST_FORMED: Final = 2**16


@final
class ProductPage(QWidget):
    """Two columns that end in the same numbers: upstream times Jacobian, and the gate's own way."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._formed = [Strip(theme), Strip(theme)]
        self._done = [Strip(theme), Strip(theme), Strip(theme)]
        self._cost, self._saved = label_of(part="muted"), label_of(part="muted")
        self._times, self._way = label_of(), label_of()
        self._same = label_of(part="ok")
        columns = QHBoxLayout()
        columns.setSpacing(18)
        first, last = self._formed
        columns.addWidget(_card("If it were formed", [first, self._times, last, self._cost]))
        upstream, slopes, downstream = self._done
        done = [upstream, self._way, slopes, downstream, self._saved]
        columns.addWidget(_card("What the backward pass does", done))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 10, 0, 0)
        layout.addLayout(columns)
        layout.addWidget(self._same)
        layout.addStretch()

    def show_product(self, jacobian: Jacobian, upstream: Array | None) -> None:
        """Show both ways for a Jacobian; ones stand for an upstream gradient that is not there."""
        if upstream is not None and upstream.shape == jacobian.out_shape:
            given, whence = upstream, f"upstream: the gradient of {jacobian.target}"
        else:
            given, whence = (
                np.ones(jacobian.out_shape)[()],
                f"upstream: 1 for all of {jacobian.target}",
            )
        with np.errstate(all="ignore"):
            downstream = np.ravel(jacobian.path.pull(given))
            product = _product(np.ravel(given), jacobian)
        at_end = f"downstream: what flows back to {jacobian.source}"
        self._done[0].show_numbers(np.ravel(given), whence)
        self._done[2].show_numbers(downstream, at_end)
        self._formed[0].show_numbers(np.ravel(given), f"{whence}, 1 × {jacobian.rows:,}")
        self._formed[1].setVisible(product is not None)
        if product is not None:
            self._formed[1].show_numbers(product, f"their product, 1 × {jacobian.columns:,}")
        size = said_bytes(jacobian.bytes)
        self._times.setText(
            f"× the Jacobian, {jacobian.rows:,} × {jacobian.columns:,} ({size})"
            + (" =" if product is not None else ", which is too large to be formed here")
        )
        self._cost.setText(f"{jacobian.size:,} products, and {size} to hold the matrix.")
        self._way.setText(_sentence(jacobian.instead))
        self._show_slopes(jacobian)
        self._same.setText(_agreement(product, downstream))

    def _show_slopes(self, jacobian: Jacobian) -> None:
        slopes = slopes_of(jacobian)
        strip = self._done[1]
        strip.setVisible(slopes is not None)
        passed = max(jacobian.rows, jacobian.columns)
        if slopes is not None:
            mask = bool(np.isin(slopes, (0.0, 1.0)).all())
            name = "mask: 1 where it lets through" if mask else "slopes: the diagonal"
            strip.show_numbers(slopes, f"⊙ {name}, {slopes.size:,} numbers")
            passed = slopes.size
        self._saved.setText(f"{said_bytes(8 * passed)} pass through; no matrix is made.")


def _product(upstream: Floats, jacobian: Jacobian) -> Floats | None:
    """Return the product with the Jacobian formed for once; None where it is large."""
    if jacobian.size > LARGEST_FORMED:
        return None
    return upstream @ jacobian.block(range(jacobian.rows), range(jacobian.columns))


def _agreement(product: Floats | None, downstream: Floats) -> str:
    if product is None:
        return ""
    if np.allclose(product, downstream, rtol=1e-9, atol=1e-12, equal_nan=True):
        return "Both ways end in the same numbers."
    return "The two ways differ where a number is infinite or not a number: 0 times it is none."


def slopes_of(jacobian: Jacobian) -> Floats | None:
    """Return the diagonal of the Jacobian of one elementwise gate; None for all others."""
    steps = jacobian.path.steps
    if len(steps) == 1 and isinstance(steps[0].gate, Elementwise):
        matrix = jacobian.matrix
        if isinstance(matrix, Selection) and matrix.is_diagonal:
            return matrix.weights
    return None


def _card(title: str, parts: Sequence[QWidget]) -> QFrame:
    card = QFrame()
    set_part(card, "panel")
    layout = QVBoxLayout(card)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.addWidget(heading(title))
    for each in parts:
        layout.addWidget(each)
    layout.addStretch()
    return card


def _sentence(text: str) -> str:
    # It may begin with the name of a gate or of a node, where y is not Y.
    return f"T{text[1:]}." if text.startswith("the ") else f"{text}."
