"""The shades of a small map follow how many nodes there are."""

from __future__ import annotations

import numpy as np

from chainrule_desktop.canvas.crowding import CELL, crowd_image, crowd_shades, is_crowded


def test_no_node_is_no_shade() -> None:
    assert crowd_shades(np.empty((0, 2)), 10, 8).tolist() == np.zeros((8, 10)).tolist()


def test_the_more_nodes_the_darker() -> None:
    few, many = [(5.0, 5.0)], [(15.0, 5.0)] * 9
    shades = crowd_shades(np.array(few + many), 10, 6)
    assert 0 < shades[5 // CELL, 5 // CELL] < shades[5 // CELL, 15 // CELL] <= 1


def test_an_even_graph_has_an_even_shade() -> None:
    # A spacing that is no multiple of a cell.
    x, y = np.meshgrid(np.arange(1.0, 99.0, 1.5), np.arange(1.0, 59.0, 1.7))
    shades = crowd_shades(np.stack((x.ravel(), y.ravel()), axis=1), 50, 30)[3:-3, 3:-3]
    assert shades.min() > 0.5 * shades.max()


def test_nodes_beyond_the_map_are_left_out() -> None:
    outside = np.array([(-5.0, 3.0), (500.0, 3.0), (3.0, -9.0), (3.0, 900.0)])
    assert not crowd_shades(outside, 10, 10).any()


def test_the_image_has_the_colour_and_lets_the_ground_through() -> None:
    image = crowd_image(np.array([(5.0, 5.0)]), 6, 6, "#123456")
    assert image.pixelColor(2, 2).name() == "#123456"
    assert 0 < image.pixelColor(2, 2).alpha() < 255
    assert image.pixelColor(5, 5).alpha() == 0


def test_few_nodes_are_not_crowded() -> None:
    assert not is_crowded(100, 1.6, 200 * 150)
    assert is_crowded(10_000, 1.6, 200 * 90)
