"""What the desk's answers lead to."""
