"""The words: every sentence a citizen or a clerk reads."""
