"""Dialogs: questions, messages, and the forms that need a window of their own."""
