"""What of a node in a file is on: `"muted": true` and `"pinned": true`, absent where it is off."""

from __future__ import annotations

from chainrule.files.fields import Fields

MUTED = "muted"
PINNED = "pinned"


def is_on(fields: Fields, key: str) -> bool:
    """Say whether a switch is on; any other value is kept as it is, and nothing is made of it."""
    return fields.get(key) is True
