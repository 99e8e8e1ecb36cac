"""The gates that ship with Chainrule, by family; `gates.families` says which has which."""
