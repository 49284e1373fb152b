"""What a message means at a question: an ordered table of named rules.

The language room says what a message says, without knowing what was asked. Here its mentions are
put to what was asked: to take, to confirm, another person's, asks, not heard.

    heard     the whole of it, and where to begin
    rules     the table; the answer is that of the first rule that reads one
    stories, denials, figures   what the rules of one kind need
    asked     the question with its message
"""

from dialogs.interpret.denials import closes
from dialogs.interpret.heard import Heard, hear

__all__ = ["Heard", "closes", "hear"]
