"""The verbs on the script of playback: order, breakpoints, captions; each is an undo step."""

from __future__ import annotations

from dataclasses import replace

from chainrule.autodiff.playback import play_order
from chainrule.errors import GraphError
from chainrule.graph.node import NodeId
from chainrule.graph.scripts import SECTION, CaptionKey, Script, script_json, script_of
from chainrule.graph.sections import SetSection
from chainrule_desktop.document.document import Document
from chainrule_desktop.document.player import Player


def caption_key(player: Player) -> CaptionKey:
    """Return what a caption belongs to that is shown where playback stands."""
    if player.at_end:
        return "end", None
    step = player.step
    return ("start", None) if step is None else (step.phase.value, step.node)


def stops_at(document: Document, node: NodeId) -> bool:
    """Return whether playing stops after the steps of a node."""
    return node in script_of(document.graph.header).breakpoints


def toggle_breakpoints(document: Document, nodes: tuple[NodeId, ...]) -> None:
    """Let playing stop at these nodes; where it stops at all of them already, no longer."""
    script = script_of(document.graph.header)
    chosen = frozenset(nodes)
    stops = script.breakpoints
    now = stops - chosen if chosen <= stops else stops | chosen
    verb = "Remove" if chosen <= stops else "Set"
    what = nodes[0] if len(nodes) == 1 else f"{len(nodes)} nodes"
    _write(document, script.with_breakpoints(now), f"{verb} breakpoint at {what}")


def clear_breakpoints(document: Document) -> None:
    """Let playing stop nowhere."""
    script = replace(script_of(document.graph.header), threshold=None)
    _write(document, script.with_breakpoints(frozenset()), "Clear breakpoints")


def set_threshold(document: Document, text: str) -> None:
    """Let playing stop where a gradient is larger than a typed number; "" for nowhere.

    Raises GraphError for what is no such number.
    """
    typed = text.strip().replace("−", "-")
    try:
        threshold = float(typed) if typed else None
    except ValueError:
        raise GraphError(f"{typed} is not a number; type one such as 10") from None
    if threshold is not None and not 0 <= threshold < float("inf"):
        raise GraphError("a size of a gradient is not negative; type a number such as 10")
    _write(
        document, replace(script_of(document.graph.header), threshold=threshold), "Set threshold"
    )


def set_caption(document: Document, key: CaptionKey, text: str) -> None:
    """Write what is said at a step; "" says nothing."""
    script = script_of(document.graph.header)
    _write(document, script.with_caption(key, text.strip()), "Write caption")


def play_next(document: Document, played: int, node: NodeId) -> None:
    """Let a gate be the next in the forward pass, of which some gates have been `played`.

    Raises GraphError where it still waits for other gates, or was played already.
    """
    graph = document.graph
    script = script_of(graph.header)
    order = play_order(graph, script.order)
    done, waiting = order[:played], order[played:]
    if node not in waiting:
        raise GraphError(f"{node!r} is not among the gates that are still to be computed")
    missing = [each for each in graph.inputs(node) if each in waiting]
    if missing:
        raise GraphError(f"{node!r} has to wait for {missing[0]!r}; play that first")
    rest = [each for each in waiting if each != node]
    new = play_order(graph, (*done, node, *rest))
    _write(document, replace(script, order=tuple(new)), f"Play {node} next")


def usual_order(document: Document) -> None:
    """Play gates in the order that the graph alone gives."""
    _write(document, replace(script_of(document.graph.header), order=()), "Play in usual order")


def _write(document: Document, script: Script, text: str) -> None:
    if script != script_of(document.graph.header):
        document.apply(SetSection(SECTION, script_json(script)), text)
