"""The gestures of the pointer, one class each."""
