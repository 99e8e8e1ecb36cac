"""PyTorch's own operator tests, given to our gates; needs the optional extra "peers"."""
