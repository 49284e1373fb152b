"""A guest in an account that answers in other ways too: with a service of its own at another
address, or with keywords. What is ours is answered here, all else as it was before."""
