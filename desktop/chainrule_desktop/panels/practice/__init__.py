"""The panel for practice: progress, the blanks, and hints for the one that is chosen."""
