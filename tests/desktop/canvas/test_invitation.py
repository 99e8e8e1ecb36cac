"""An empty canvas says what to do."""

from __future__ import annotations

from chainrule.graph.graph import GateGraph
from chainrule_desktop.canvas.invitation import Invitation
from tests.desktop.easel import Easel


def test_an_empty_canvas_invites_until_there_is_a_gate(easel: Easel) -> None:
    invitation = easel.view.findChild(Invitation)
    assert invitation is not None
    assert not invitation.isVisible()
    easel.document.load(GateGraph(), None)
    assert invitation.isVisible()
    easel.editor.add("exp", (0, 0))
    assert not invitation.isVisible()
    easel.document.history.undo()
    assert invitation.isVisible()


def test_the_invitation_stays_in_the_middle(easel: Easel) -> None:
    easel.document.load(GateGraph(), None)
    invitation = easel.view.findChild(Invitation)
    assert invitation is not None
    easel.view.resize(1000, 500)
    offset = invitation.geometry().center() - easel.view.viewport().rect().center()
    assert offset.manhattanLength() <= 2
