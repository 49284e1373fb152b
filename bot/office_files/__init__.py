"""The county's own files, changed in the console: what the office publishes, and what amends the
rules. One officer drafts, another approves; then the file itself is written, and every process
notices it as it notices a change by hand.

    places   which files there are, and what is in the way of writing them
    writing  a file is replaced as a whole
    changes  drafts, decisions, history
    trial    what a text would change, before it does
"""
