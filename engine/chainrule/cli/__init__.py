"""The command line: one module for each command, and the errors of all of them in one place."""
