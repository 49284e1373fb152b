"""What reads one piece of a message into a value, or says why it cannot."""
