"""What was done: figures, the trail, the notices that went out."""
