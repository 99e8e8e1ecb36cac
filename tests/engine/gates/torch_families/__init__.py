"""What PyTorch computes for each family of gates; needs the optional extra "peers"."""
