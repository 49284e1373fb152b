"""One question after another, each asked only while it can change the result."""
