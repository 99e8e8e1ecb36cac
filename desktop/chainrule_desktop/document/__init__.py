"""The document: a graph, its numbers, its history and its file, without any widget."""
