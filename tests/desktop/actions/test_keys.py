"""An action's keys are the table's, or those that the settings have for it."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QKeySequence

from chainrule_desktop.actions.arrange_menu import TIDY
from chainrule_desktop.actions.keys import clash, key_sequences, shown_keys


def test_the_settings_come_before_the_table() -> None:
    own = {"graph.tidy": ["Ctrl+Alt+Y", "F12"]}
    assert key_sequences(TIDY, own) == [QKeySequence("Ctrl+Alt+Y"), QKeySequence("F12")]
    assert shown_keys(TIDY, own) == "Ctrl+Alt+Y"


def test_an_action_can_have_no_keys() -> None:
    assert key_sequences(TIDY, {"graph.tidy": []}) == []
    assert shown_keys(TIDY, {"graph.tidy": []}) == ""


@pytest.mark.parametrize("broken", ["Ctrl+Y", 7, None, [3], ["no such key"], {"a": 1}])
def test_what_can_not_be_understood_is_as_if_it_were_not_there(broken: object) -> None:
    assert key_sequences(TIDY, {"graph.tidy": broken}) == [QKeySequence("Ctrl+L")]


def test_a_sequence_clashes_with_its_beginning() -> None:
    assert clash(QKeySequence("A"), QKeySequence("A, Left"))
    assert clash(QKeySequence("A, Left"), QKeySequence("A"))
    assert clash(QKeySequence("A"), QKeySequence("A"))
    assert not clash(QKeySequence("A, Left"), QKeySequence("A, Right"))
