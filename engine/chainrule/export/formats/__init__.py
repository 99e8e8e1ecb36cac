"""The formats of export that need no desktop, one a file."""
