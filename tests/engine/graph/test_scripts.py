"""A script of playback is kept in the file, whatever else stands beside it."""

from __future__ import annotations

import json
from types import MappingProxyType
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chainrule.files import dumps, loads
from chainrule.graph.graph import GateGraph
from chainrule.graph.node import Header
from chainrule.graph.scripts import SECTION, STEPS, CaptionKey, Script, script_json, script_of
from chainrule.graph.sections import SetSection, section_of, with_section
from tests.helpers.graph_strategies import PLAIN
from tests.helpers.lecture_graphs import lecture_graph

NAMES = st.sampled_from(("a", "b", "e", "nobody"))
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=9)


@st.composite
def scripts(draw: st.DrawFn) -> Script:
    keys = st.tuples(st.sampled_from(STEPS[:2]), st.none()) | st.tuples(
        st.sampled_from(STEPS[2:]), NAMES
    )
    captions: dict[CaptionKey, str] = {
        (step, node): draw(TEXTS) for step, node in draw(st.lists(keys, max_size=3, unique=True))
    }
    return Script(
        tuple(draw(st.lists(NAMES, max_size=4, unique=True))),
        MappingProxyType(captions),
        draw(st.frozensets(NAMES, max_size=3)),
        draw(st.none() | st.floats(0, 1e6)),
        MappingProxyType(draw(st.just({}) | st.just({"x-more": [1]}))),
    )


@given(scripts())
def test_a_script_written_and_read_is_the_same(script: Script) -> None:
    graph = lecture_graph("add-then-multiply")
    SetSection(SECTION, script_json(script)).apply(graph)
    assert script_of(loads(dumps(graph)).header) == script


@given(PLAIN)
def test_what_is_malformed_means_nothing_and_is_kept(content: Any) -> None:
    header = with_section(Header(), SECTION, content)
    script = script_of(header)
    assert all(isinstance(each, str) for each in script.order)
    assert section_of(header, SECTION) == content


def test_an_empty_script_leaves_no_section() -> None:
    assert script_json(Script()) is None


def test_setting_a_section_is_undone() -> None:
    graph = GateGraph()
    back = SetSection("playback", {"order": ["a"]}).apply(graph)
    assert script_of(graph.header).order == ("a",)
    again = back.apply(graph)
    assert graph.header.extras == {}
    again.apply(graph)
    assert script_of(graph.header).order == ("a",)


def test_captions_are_set_changed_and_taken_away() -> None:
    script = Script().with_caption(("forward", "e"), "One").with_caption(("start", None), "Begin")
    assert script.with_caption(("forward", "e"), "Two").captions["forward", "e"] == "Two"
    assert ("start", None) not in script.with_caption(("start", None), "").captions


def test_a_renamed_node_is_known_by_its_new_name() -> None:
    script = Script(("a", "b"), MappingProxyType({("seed", "a"): "x"}), frozenset(("a",)))
    now = script.renamed("a", "z")
    assert now.order == ("z", "b")
    assert now.captions == {("seed", "z"): "x"}
    assert now.breakpoints == {"z"}


@pytest.mark.parametrize("threshold", [True, -1, "7", None, float("inf")])
def test_a_threshold_is_a_number_that_is_not_negative(threshold: Any) -> None:
    header = with_section(Header(), SECTION, {"threshold": threshold})
    assert script_of(header).threshold is None


def test_a_file_keeps_the_section_where_it_was() -> None:
    graph = lecture_graph("add-then-multiply")
    SetSection("playback", {"breakpoints": ["q"]}).apply(graph)
    assert json.loads(dumps(graph))["playback"] == {"breakpoints": ["q"]}
