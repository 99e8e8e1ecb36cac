"""The executor over arrays, and the stages that it runs."""
