"""The view of Jacobians and second derivatives: pictures, entries, and what is done instead."""
