"""Figures as SVG: real text and curves, small, with an id and a title for every node and wire."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape
from typing import final

from typing_extensions import override

from chainrule.diagram.boxes import Rect
from chainrule.diagram.ink import Ink, Role
from chainrule.diagram.patches import patches_of
from chainrule.diagram.primitives import (
    DASHES,
    FRAME_WIDTH,
    OUTLINE_WIDTH,
    PROBLEM_WIDTH,
    WIRE_WIDTH,
    Anchor,
    Box,
    Circle,
    Diamond,
    Element,
    Enclosure,
    Formula,
    Point,
    Primitive,
    Stroke,
    Text,
    Thumbnail,
    Title,
)
from chainrule.diagram.shades import colours_of
from chainrule.diagram.text import FONT_FAMILY
from chainrule.export.exporter import Exporter
from chainrule.export.figure import Figure, make_figure
from chainrule.export.options import Background, FigureOptions
from chainrule.graph.graph import GateGraph

_FALLBACK_FONTS = "Verdana,sans-serif"


@final
class SvgExporter(Exporter):
    """Scalable figures for documents and the web."""

    name = "SVG"
    suffixes = (".svg",)
    description = "Scalable vector graphics"

    @override
    def render(self, graph: GateGraph, options: FigureOptions) -> bytes:
        return svg_text(make_figure(graph, options), options).encode()


def svg_text(figure: Figure, options: FigureOptions) -> str:
    """Return a figure as the text of an SVG file."""
    lines = [
        _opening(figure, options.scale),
        f'<title id="title">{_between_tags(figure.title)}</title>',
        f"<style>{_style(options.ink)}{_tint_style(figure, options.ink)}"
        f"{_blank_style(figure, options.ink)}</style>",
    ]
    if options.background == Background.FILLED:
        lines.append(_rectangle("background", figure))
    lines.extend(_element(each, options.ink) for each in figure.elements)
    return "\n".join((*lines, "</svg>\n"))


def _opening(figure: Figure, scale: float) -> str:
    page = figure.page
    box = " ".join(map(_short, (page.left, page.top, figure.width, figure.height)))
    width, height = _short(figure.width * scale), _short(figure.height * scale)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" '
        f'viewBox="{box}" role="img" aria-labelledby="title">'
    )


def _style(ink: Ink) -> str:
    """Return the rules of all classes; plain class selectors, which every program understands."""
    rules = [
        f"text{{font-family:'{FONT_FAMILY}',{_FALLBACK_FONTS};fill:{ink.text}}}",
        f".background{{fill:{ink.background}}}",
        f".line{{fill:none;stroke:{ink.wire};stroke-width:{WIRE_WIDTH}}}",
        f".body{{fill:{ink.gate_fill};stroke:{ink.outline};stroke-width:{OUTLINE_WIDTH}}}",
        f".faulty{{fill:{ink.gate_fill};stroke:{ink.problem};stroke-width:{PROBLEM_WIDTH}}}",
        f".dot{{fill:{ink.outline}}}",
        f".ring{{fill:{ink.background};stroke:{ink.outline};stroke-width:{OUTLINE_WIDTH}}}",
        f".misfit{{fill:{ink.problem};stroke:{ink.background};stroke-width:{OUTLINE_WIDTH}}}",
        f".open{{fill:{ink.background};stroke:{ink.problem};stroke-width:{WIRE_WIDTH}}}",
        f".value{{fill:{ink.value}}}",
        f".gradient{{fill:{ink.gradient}}}",
        f".muted{{fill:{ink.muted}}}",
        ".slanted{font-style:italic}",
        ".middle{text-anchor:middle}",
        ".end{text-anchor:end}",
    ]
    return "".join(rules)


def _tint_style(figure: Figure, ink: Ink) -> str:
    """Return the rules of the hues that frames have."""
    drawn = (each for element in figure.elements for each in element.primitives)
    hues = dict.fromkeys(each.hue for each in drawn if isinstance(each, Enclosure))
    rules: list[str] = []
    for hue in hues:
        tint = ink.tints[hue]
        rules.append(f".{hue}{{fill:{tint.fill};stroke:{tint.border}}}")
        rules.append(f".{hue}-title{{fill:{tint.title}}}")
    return "".join(rules)


def _between_tags(text: str) -> str:
    # Not by xml.sax.saxutils: it loads what speaks HTTP and its encryption, which takes 2 MB.
    return escape(text, quote=False)


def _blank_style(figure: Figure, ink: Ink) -> str:
    """Return the rules of the boxes of an exercise, if there are any."""
    if not any(element.kind == "blank" for element in figure.elements):
        return ""
    return "".join(
        f".{name}{{fill:{ink.background};stroke:{colour};stroke-width:{OUTLINE_WIDTH}}}"
        for name, colour in (("ask-value", ink.value), ("ask-gradient", ink.gradient))
    )


def _element(element: Element, ink: Ink) -> str:
    drawn = "".join(_tags(element.primitives, ink))
    opening = f'<g id="{escape(element.id)}" class="{element.kind}">'
    return f"{opening}<title>{_between_tags(element.title)}</title>{drawn}</g>"


def _tags(primitives: Iterable[Primitive], ink: Ink) -> Iterator[str]:
    for primitive in primitives:
        match primitive:
            case Stroke():
                yield _path(primitive)
            case Text():
                yield _text(primitive)
            case Circle():
                yield _circle(primitive)
            case Box():
                yield _box(primitive)
            case Diamond():
                yield _diamond(primitive)
            case Thumbnail():
                yield _thumbnail(primitive, ink)
            case Enclosure() | Title() | Formula():
                yield _comment(primitive, ink)


def _path(stroke: Stroke) -> str:
    steps = [f"M{_pair(stroke.start)}"]
    steps += ["CL"[len(piece) == 1] + " ".join(map(_pair, piece)) for piece in stroke.pieces]
    return f'<path class="line" d="{"".join(steps)}"/>'


def _text(text: Text) -> str:
    classes = [text.role.value] if text.role != Role.TEXT else []
    classes += ["slanted"] if text.italic else []
    classes += [text.anchor.value] if text.anchor != Anchor.START else []
    attribute = f'class="{" ".join(classes)}" ' if classes else ""
    (x, y), size = text.at, _short(text.size)
    return (
        f'<text {attribute}x="{_short(x)}" y="{_short(y)}" font-size="{size}">'
        f"{_between_tags(text.text)}</text>"
    )


def _circle(circle: Circle) -> str:
    (x, y), radius = circle.center, _short(circle.radius)
    class_, dashes = _outline_class(circle), _dashes(circle)
    return f'<circle class="{class_}" cx="{_short(x)}" cy="{_short(y)}" r="{radius}"{dashes}/>'


def _box(box: Box) -> str:
    (x, y), (half_width, half_height) = box.center, box.half
    return (
        f'<rect class="{_outline_class(box)}" x="{_short(x - half_width)}" '
        f'y="{_short(y - half_height)}" width="{_short(2 * half_width)}" '
        f'height="{_short(2 * half_height)}" rx="{_short(box.corner)}"{_dashes(box)}/>'
    )


def _dashes(outline: Circle | Box) -> str:
    lengths = " ".join(map(_short, DASHES))
    return f' stroke-dasharray="{lengths}"' if outline.dashed else ""


def _diamond(diamond: Diamond) -> str:
    (x, y), r = diamond.center, _short(diamond.reach)
    left = _pair((x - diamond.reach, y))
    return f'<path class="dot" d="M{left}l{r} -{r} {r} {r} -{r} {r}z"/>'


def _thumbnail(thumbnail: Thumbnail, ink: Ink) -> str:
    """Return a picture as one path a shade; where cells meet, edges are not smoothed."""
    patches, shades = patches_of(thumbnail.picture), ink.shades
    colours = colours_of(shades)
    drawn = [_filled(boxes, colours[code]) for code, boxes in sorted(patches.fills.items())]
    if patches.holes:
        drawn.append(_filled(patches.holes, shades.cross))
    if patches.crosses:
        drawn.append(_stroked("".join(map(_cross, patches.crosses)), shades.cross, 1))
    if patches.frames:
        outline = "".join(map(_rectangle_path, patches.frames))
        drawn.append(_stroked(outline, shades.frame, FRAME_WIDTH))
    x, y = thumbnail.at
    place = f"translate({_short(x)} {_short(y)})"
    return f'<g transform="{place}" shape-rendering="crispEdges">{"".join(drawn)}</g>'


def _comment(primitive: Enclosure | Title | Formula, ink: Ink) -> str:
    match primitive:
        case Enclosure():
            return _enclosure(primitive)
        case Title():
            return _title(primitive)
        case Formula():
            return _formula(primitive, ink)


def _enclosure(enclosure: Enclosure) -> str:
    left, top, right, bottom = enclosure.box
    return (
        f'<rect class="{enclosure.hue}" x="{_short(left)}" y="{_short(top)}" '
        f'width="{_short(right - left)}" height="{_short(bottom - top)}" '
        f'rx="{_short(enclosure.corner)}" stroke-width="{_short(enclosure.width)}"/>'
    )


def _title(title: Title) -> str:
    x, y = title.at
    return (
        f'<text class="{title.hue}-title" x="{_short(x)}" y="{_short(y)}" '
        f'font-size="{_short(title.size)}">{_between_tags(title.text)}</text>'
    )


def _formula(drawn: Formula, ink: Ink) -> str:
    """Return a formula as the outlines of its signs, with its source for those who can't see it."""
    x, y = drawn.at
    steps = (
        letter + " ".join(_short(number) for number in numbers)
        for letter, numbers in drawn.formula.steps
    )
    return (
        f'<path transform="translate({_short(x)} {_short(y)})" fill="{ink.colour(drawn.role)}" '
        f'd="{"".join(steps)}"><title>{_between_tags(drawn.formula.source)}</title></path>'
    )


def _filled(boxes: Iterable[Rect], colour: str) -> str:
    return f'<path fill="{colour}" d="{"".join(map(_rectangle_path, boxes))}"/>'


def _stroked(path: str, colour: str, width: float) -> str:
    return f'<path fill="none" stroke="{colour}" stroke-width="{width:g}" d="{path}"/>'


def _rectangle_path(box: Rect) -> str:
    width, height = _short(box.right - box.left), _short(box.bottom - box.top)
    return f"M{_pair(box[:2])}h{width}v{height}h-{width}z"


def _cross(box: Rect) -> str:
    left, top, right, bottom = map(_short, box)
    return f"M{left} {top}L{right} {bottom}M{left} {bottom}L{right} {top}"


def _rectangle(class_: str, figure: Figure) -> str:
    page = figure.page
    return (
        f'<rect class="{class_}" x="{_short(page.left)}" y="{_short(page.top)}" '
        f'width="{_short(figure.width)}" height="{_short(figure.height)}"/>'
    )


def _outline_class(outline: Circle | Box) -> str:
    if outline.fill == Role.OUTLINE:
        return "dot"
    if outline.fill == Role.PROBLEM:
        return "misfit"
    if outline.fill == Role.GATE_FILL:
        return "faulty" if outline.border == Role.PROBLEM else "body"
    return _GROUND_CLASSES.get(outline.border, "ring")


_GROUND_CLASSES = {
    Role.PROBLEM: "open",
    Role.VALUE: "ask-value",
    Role.GRADIENT: "ask-gradient",
}
"""The classes of outlines that are filled with the background, by their border."""


def _pair(point: Point) -> str:
    return f"{_short(point[0])} {_short(point[1])}"


def _short(number: float) -> str:
    """Write a length with at most two decimals; a hundredth of a unit is not seen."""
    text = f"{number:.2f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text
