"""Older versions of the format, brought up to the present one step by step."""

from chainrule.files.migrations.versions import CURRENT_VERSION, FORMAT, migrate

__all__ = ["CURRENT_VERSION", "FORMAT", "migrate"]
