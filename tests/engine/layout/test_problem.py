"""Problems that are none."""

from __future__ import annotations

import pytest

from chainrule.layout import Extent, LayeredProblem, WireEnds


def test_a_wire_to_no_node_is_refused() -> None:
    with pytest.raises(ValueError, match="below 1"):
        LayeredProblem([Extent.box(9, 9)], [WireEnds(0, 1)])
