"""What `make bench` runs: the product beside something plain in one run, so that a machine's speed cancels out."""
