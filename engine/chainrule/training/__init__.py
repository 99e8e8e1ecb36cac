"""Training: gradient descent on any graph, the data that feeds it, and pictures of its way."""
