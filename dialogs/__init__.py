"""Conversation: (conversation, utterance, now) in, turn out. Pure. Imports scoring."""
