"""What somebody does on the canvas at actual size: gates, wires, values, names."""

from __future__ import annotations

import math
from typing import final

from chainrule.diagram.bodies import RADIUS
from chainrule.diagram.parts import STUB
from tests.e2e.program import Nodes, Program
from tests.e2e.robot import Pixel

# The search field of the palette and the first gate below it, while the window has the screen.
_SEARCH_FIELD = (90, 95)
_FIRST_FOUND = (18, 129)
_LEAVES = ("input", "parameter", "constant")


@final
class Canvas:
    """Builds a graph with mouse and keyboard, and waits for each step to be done.

    Where nodes are on the screen follows from their positions and from where the first was put.
    """

    def __init__(self, program: Program) -> None:
        self._program = program
        self._robot = program.robot
        self._origin: Pixel | None = None

    def add_by_search(self, text: str, place: Pixel, down: int = 0) -> str:
        """Add what the search at the pointer finds, `down` rows below the first; return its id."""
        self._robot.point(place)
        self._robot.press("Tab")
        return self._add_found(text, place, down)

    def add_by_double_click(self, text: str, place: Pixel, down: int = 0) -> str:
        """Add what the search finds that a double click opens; return its id."""
        self._robot.click(place, times=2)
        return self._add_found(text, place, down)

    def add_from_palette(self, gate: str, place: Pixel) -> str:
        """Find a gate in the palette and drag it onto the canvas; return its id."""
        self._robot.click(_SEARCH_FIELD)
        self._robot.press("ctrl+a")
        self._robot.write(gate)
        before, others = self._program.nodes(), self._program.windows()
        x, y = _FIRST_FOUND
        self._robot.grab((x, y), (x + 12, y + 12), (x + 24, y + 24))
        self._until_dragged((x + 24, y + 24), others)
        self._robot.point(place)
        self._until_dragged(place, others)
        self._robot.let_go()
        return self._await_new(before, place)

    def add_at_wire(self, source: str, text: str, place: Pixel) -> str:
        """Let go of a wire on the canvas and add what the search finds for it; return its id."""
        before = self._program.nodes()
        self._robot.drag(self._output(source), place)
        self._choose(text)
        return self._await_new(before, None)

    def wire(self, source: str, target: str) -> None:
        """Drag a wire from a node's output onto a gate, which takes it at its next free input."""
        expected = [*self._program.nodes()[target]["inputs"]]
        expected[expected.index(None)] = source
        (x, y), end = self._output(source), self._place(target)
        self._robot.drag((x, y), (x + 10, y), end)
        self._program.until(
            lambda: self._program.nodes()[target]["inputs"] == expected,
            f"{source} was wired to {target}",
        )

    def type_value(self, node_id: str, value: float) -> None:
        """Type a value for the leaf that is selected, or whose old value is."""
        self._robot.write(f"{value:g}")
        self._robot.press("Return")
        self.until_value(node_id, value)

    def click_and_type_value(self, node_id: str, value: float) -> None:
        """Select a leaf with a click, begin with Enter, and type a value."""
        self._robot.click(self._place(node_id))
        self._robot.press("Return")
        self.type_value(node_id, value)

    def double_click_and_type_value(self, node_id: str, value: float) -> None:
        """Double-click the number that a leaf has and type another in its place."""
        x, y = self._place(node_id)
        self._robot.click((x + 25, y - 8), times=2)
        self.type_value(node_id, value)

    def until_value(self, node_id: str, value: float) -> None:
        """Wait until a leaf has a value."""
        self._program.until(
            lambda: self._program.nodes()[node_id]["value"] == value, f"{node_id} was {value:g}"
        )

    def rename(self, node_id: str, name: str) -> None:
        """Give a node another name, in the dialog for it."""
        self._robot.click(self._place(node_id))
        self._robot.press("F2")
        self._program.until_in_front("Rename")
        self._robot.write(name)
        self._robot.press("Return")
        self._program.until(lambda: name in self._program.nodes(), f"{node_id} was called {name}")
        self._program.until_in_front("untitled* – Chainrule")

    def _add_found(self, text: str, place: Pixel, down: int) -> str:
        before = self._program.nodes()
        self._choose(text, down)
        return self._await_new(before, place)

    def _choose(self, text: str, down: int = 0) -> None:
        """Type into the search that is open, and choose what it finds."""
        self._robot.write(text)
        self._robot.press(*["Down"] * down, "Return")

    def _await_new(self, before: Nodes, place: Pixel | None) -> str:
        """Wait for one more node, which must be where the pointer was; return its id."""
        self._program.until(lambda: len(self._program.nodes()) > len(before), "a node was added")
        nodes = self._program.nodes()
        (new,) = nodes.keys() - before.keys()
        if place is not None:
            x, y = nodes[new]["position"]
            self._origin = self._origin or (place[0] - x, place[1] - y)
            # A pixel may be lost in rounding. More would mean that the canvas was scrolled.
            assert math.dist(self._place(new), place) < 2, f"{new} is not where it was put"
        return new

    def _until_dragged(self, place: Pixel, others: set[str]) -> None:
        """Wait until what is being dragged, a window of its own, has followed the pointer."""

        def has_followed() -> bool:
            areas = map(self._robot.area, self._program.windows() - others)
            return any(
                left < place[0] < left + width and top < place[1] < top + height
                for (left, top), (width, height) in areas
            )

        self._program.until(has_followed, f"a gate was dragged to {place}")

    def _place(self, node_id: str) -> Pixel:
        """Return the pixel of a node's middle."""
        assert self._origin is not None
        x, y = self._program.nodes()[node_id]["position"]
        return self._origin[0] + x, self._origin[1] + y

    def _output(self, node_id: str) -> Pixel:
        """Return the pixel from which wires are drawn: the end of a node's straight piece."""
        x, y = self._place(node_id)
        is_leaf = self._program.nodes()[node_id]["gate"] in _LEAVES
        return x + round(STUB if is_leaf else RADIUS + STUB), y
