"""The library's own face: graphs and layers as a lecture writes them, with forward and backward."""
