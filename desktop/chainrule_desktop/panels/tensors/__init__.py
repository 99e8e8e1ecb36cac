"""The tensor view: the numbers of a node or wire as a table, a heat map or a histogram."""
