"""Everything that says how a graph is to be trained, as one value."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Any, Final, final

from chainrule.errors import TrainingError
from chainrule.graph.node import NodeId
from chainrule.training.clipping import NO_CLIPPING, Clipping
from chainrule.training.encoding import Feeding
from chainrule.training.metrics import Decision
from chainrule.training.optimisers import SGD, Optimiser
from chainrule.training.schedules import ConstantRate, Schedule
from chainrule.training.sources import Source

LARGEST_LOSS: Final = 1e12
"""A loss beyond it, either way, counts as having diverged."""


def _no_feeds() -> Mapping[NodeId, Feeding]:
    return MappingProxyType({})


def _no_extras() -> Mapping[str, Any]:
    return MappingProxyType({})


@final
@dataclass(frozen=True)
class Recipe:
    """How a graph is trained.

    `source` are the rows, None where the graph holds its data itself; `feeds` says which columns
    feed which input. Where the graph `holds_data` though there are rows, these serve the prediction
    alone: accuracy, and the decision boundary. `prediction` is the node whose value, made a class
    by `decision`, is compared with the column `label`. `batch` is the number of rows of a step,
    None for all. `steps` is after how many a run ends by itself, None for never. `seed` decides
    the split and the order of batches.
    """

    optimiser: Optimiser = field(default_factory=SGD)
    schedule: Schedule = field(default_factory=ConstantRate)
    clipping: Clipping = NO_CLIPPING
    source: Source | None = None
    feeds: Mapping[NodeId, Feeding] = field(default_factory=_no_feeds)
    holds_data: bool = False
    prediction: NodeId | None = None
    label: str | None = None
    decision: Decision = Decision.NONE
    batch: int | None = None
    test_share: float = 0.0
    seed: int = 0
    steps: int | None = 200
    extras: Mapping[str, Any] = field(default_factory=_no_extras)
    """Keys of a file that this version doesn't know and keeps."""

    def __post_init__(self) -> None:
        if self.batch is not None and self.batch < 1:
            raise TrainingError(f"a batch of {self.batch} rows trains nothing; give it 1 or more")
        if not 0 <= self.test_share < 1:
            share = self.test_share
            raise TrainingError(f"the share for tests is {share:g}; give it one from 0 to below 1")
        if self.seed < 0:
            raise TrainingError(f"the seed is {self.seed}; give it a whole number from 0 on")
        if self.steps is not None and self.steps < 1:
            raise TrainingError(f"a run of {self.steps} steps does nothing; give it 1 or more")

    @property
    def feeds_loss(self) -> bool:
        """Whether rows of data feed the loss; otherwise the graph holds what it is trained on."""
        return self.source is not None and not self.holds_data

    def renamed(self, old: NodeId, new: NodeId) -> Recipe:
        """Return the recipe that knows a node by its new id."""
        feeds = {new if each == old else each: feeding for each, feeding in self.feeds.items()}
        prediction = new if self.prediction == old else self.prediction
        return replace(self, feeds=MappingProxyType(feeds), prediction=prediction)
