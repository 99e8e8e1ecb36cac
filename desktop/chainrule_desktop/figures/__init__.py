"""Figures that Qt makes: PNG, PDF, and pictures for the clipboard."""
