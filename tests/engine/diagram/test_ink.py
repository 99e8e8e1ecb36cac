"""The colours of drawings."""

from __future__ import annotations

import re
from dataclasses import astuple, fields

import pytest

from chainrule.diagram.ink import DARK, DARK_BLUE_ORANGE, LIGHT, LIGHT_BLUE_ORANGE, Ink, Role
from chainrule.diagram.shades import colours_of

INKS = (LIGHT, DARK, LIGHT_BLUE_ORANGE, DARK_BLUE_ORANGE)


def luminance(colour: str) -> float:
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def test_there_is_a_colour_for_every_role() -> None:
    roles = [each.value for each in Role]
    assert [*roles, "shades", "tints"] == [each.name for each in fields(Ink)]


@pytest.mark.parametrize("ink", INKS)
def test_every_colour_is_written_in_full(ink: Ink) -> None:
    colours = (*(ink.colour(role) for role in Role), *colours_of(ink.shades), *astuple(ink.shades))
    assert all(re.fullmatch("#[0-9A-F]{6}", colour) for colour in colours)


@pytest.mark.parametrize("ink", INKS)
@pytest.mark.parametrize("role", [Role.TEXT, Role.MUTED, Role.VALUE, Role.GRADIENT])
def test_texts_can_be_read_on_the_background(ink: Ink, role: Role) -> None:
    assert contrast(ink.colour(role), ink.background) >= 4.5
