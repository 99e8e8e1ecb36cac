"""Drawings of graphs as plain data: what the canvas and every exporter draw."""
