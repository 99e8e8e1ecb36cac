"""The gradient check as a window: what it found, why, and how the error depends on the step."""
