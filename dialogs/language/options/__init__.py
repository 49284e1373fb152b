"""Answers to a question with options: by number, by word, several at once."""
