"""Finding things by typing: the matcher, and the list under a field that shows what it finds."""
