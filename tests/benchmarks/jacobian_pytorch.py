"""A contender: PyTorch's function that forms a whole Jacobian, of a relu of many numbers."""

from __future__ import annotations

import importlib
from typing import Any

from tests.benchmarks.jacobian import AGAIN, ALLOCATED, FIRST, SIZE
from tests.benchmarks.measure import hand_in, median_ms, once_ms, peak_mb

torch: Any = importlib.import_module("torch")
torch.set_num_threads(1)


def main() -> None:
    """Print the figures; the memory is what the process has grown by."""
    x = torch.randn(SIZE, dtype=torch.float64)
    before = peak_mb()

    def form() -> None:
        torch.autograd.functional.jacobian(torch.relu, x)

    figures = {FIRST: once_ms(form)}
    figures[ALLOCATED] = peak_mb() - before
    hand_in({FIRST: figures[FIRST], AGAIN: median_ms(form, times=3), **figures})


if __name__ == "__main__":
    main()
