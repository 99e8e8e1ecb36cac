"""What a document's file says of its training, and the edits that say something else.

The engine of training is imported when there is something to train, not when the program starts.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from chainrule.graph.edits import Edit
from chainrule.graph.node import Header, NodeId
from chainrule.graph.sections import SetSection, section_of

if TYPE_CHECKING:
    from chainrule.training.recipes import Recipe

KEY: Final = "training"
"""The key of the section, as `chainrule.training.recipe_json` has it."""


def has_recipe(header: Header) -> bool:
    """Say whether a file says how its graph is trained."""
    return isinstance(section_of(header, KEY), dict)


def set_recipe(recipe: Recipe) -> Edit:
    """Return the edit that writes a recipe into the file."""
    from chainrule.training.recipe_json import recipe_json

    return SetSection(KEY, recipe_json(recipe))


def renamed_in_training(header: Header, old: NodeId, new: NodeId) -> list[Edit]:
    """Return the edits by which the training knows a node by its new id."""
    if not has_recipe(header):
        return []
    from chainrule.training.recipe_json import recipe_json, recipe_of

    recipe = recipe_of(header)
    if recipe is None or (old not in recipe.feeds and recipe.prediction != old):
        return []
    return [SetSection(KEY, recipe_json(recipe.renamed(old, new)))]
