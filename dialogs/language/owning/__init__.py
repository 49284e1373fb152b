"""Whose each piece of a message is: the rules, a file for each kind."""
