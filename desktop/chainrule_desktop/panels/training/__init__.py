"""The window in which a graph is trained: settings, and charts that it paints by itself."""
