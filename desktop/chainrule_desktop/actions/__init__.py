"""The table of actions, and the menus, toolbar and shortcuts that are made from it."""
