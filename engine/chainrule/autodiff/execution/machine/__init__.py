"""The executor of compiled loops: the extra `fast`."""
