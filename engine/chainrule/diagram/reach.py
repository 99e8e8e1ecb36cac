"""How far each node of a drawing reaches from its centre, with all that is written at it."""

from __future__ import annotations

import numpy as np

from chainrule.diagram.bodies import Outline
from chainrule.diagram.memory import kept_with_arguments
from chainrule.diagram.parts import (
    BRANCH_ABOVE,
    BRANCH_BELOW,
    BRANCH_NUMBER_SIZE,
    GRADIENT_BELOW,
    GRADIENT_PICTURE_BELOW,
    LABEL_GAP,
    LABEL_SIZE,
    NAME_GAP,
    NAME_SIZE,
    NUMBER_SIZE,
    SCALE_ROOM,
    VALUE_ABOVE,
    VALUE_PICTURE_ABOVE,
    Floats,
    Parts,
)
from chainrule.diagram.readings import READOUT_GAP
from chainrule.diagram.text import ASCENT, DESCENT, text_width


@kept_with_arguments
def reaches(parts: Parts) -> Floats:
    """Return left, up, right, down of every node, an array (n, 4).

    The straight wire at the output, its numbers and pictures, the straight pieces before the ports
    and names are part of a node.
    """
    is_gate, scale = parts.outlines == Outline.GATE, parts.text_scale
    reach = np.empty((len(parts.ids), 4))
    reach[:, 0] = parts.half[:, 0]
    reach[:, 1] = np.maximum(parts.half[:, 1], scale * (VALUE_ABOVE + ASCENT * NUMBER_SIZE))
    reach[:, 2] = parts.stubs + np.where(is_gate, parts.half[:, 0], 0.0)
    reach[:, 3] = np.maximum(parts.half[:, 1], scale * (GRADIENT_BELOW + DESCENT * NUMBER_SIZE))
    _add_pictures(reach, parts)
    _add_leads(reach, parts)
    _add_names(reach, parts)
    if parts.output is not None and parts.output_name:
        reach[parts.output, 2] += NAME_GAP + text_width(parts.output_name, scale * NAME_SIZE)
    return reach


def with_readouts(parts: Parts) -> Floats:
    """Return the reach of every node (n, 4) with the read-outs of those that are pinned below them.

    A drawing puts read-outs where there is room; a layout makes that room.
    """
    reach = reaches(parts).copy()
    for row, (width, height) in parts.readouts.items():
        reach[row, 0] = max(reach[row, 0], width / 2)
        reach[row, 2] = max(reach[row, 2], width / 2)
        reach[row, 3] += READOUT_GAP + height
    return reach


def _add_pictures(reach: Floats, parts: Parts) -> None:
    heights = parts.thumbnails[:, 1]
    rows = np.flatnonzero(heights)
    scale = parts.text_scale
    beyond = heights[rows] + scale * SCALE_ROOM
    reach[rows, 1] = np.maximum(reach[rows, 1], scale * VALUE_PICTURE_ABOVE + beyond)
    reach[rows, 3] = np.maximum(reach[rows, 3], scale * GRADIENT_PICTURE_BELOW + beyond)


def _add_leads(reach: Floats, parts: Parts) -> None:
    targets, ports = parts.ends[:, 1], parts.ports
    np.maximum.at(reach[:, 0], targets, parts.leads - ports[:, 0])
    rows = np.flatnonzero(parts.branches)
    up = parts.text_scale * (BRANCH_ABOVE + ASCENT * BRANCH_NUMBER_SIZE)
    down = parts.text_scale * (BRANCH_BELOW + DESCENT * BRANCH_NUMBER_SIZE)
    np.maximum.at(reach[:, 1], targets[rows], up - ports[rows, 1])
    np.maximum.at(reach[:, 3], targets[rows], down + ports[rows, 1])


def _add_names(reach: Floats, parts: Parts) -> None:
    scale = parts.text_scale
    above = LABEL_GAP + scale * ASCENT * LABEL_SIZE
    for row, name in enumerate(parts.names):
        if not name:
            continue
        if parts.outlines[row] == Outline.GATE:
            half_width = text_width(name, scale * LABEL_SIZE) / 2
            reach[row, 0] = max(reach[row, 0], half_width)
            reach[row, 2] = max(reach[row, 2], half_width)
            reach[row, 1] = max(reach[row, 1], parts.half[row, 1] + above)
        else:
            reach[row, 0] = NAME_GAP + text_width(name, scale * NAME_SIZE)
