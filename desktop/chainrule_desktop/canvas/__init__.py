"""The canvas: one batched item that paints the diagram, and the gestures that edit it."""
