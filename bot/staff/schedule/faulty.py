"""What is wrong with a form of hours."""


class FaultyError(Exception):
    """What was filled in is no change; `args[0]` names the sentence that says why."""
