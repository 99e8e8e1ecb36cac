"""Training of a document: what runs beside the window, and what comes back from it."""
