"""Faults put into the rules and into the engine on purpose: each must be found, or change nothing.

`rulesets` and `engine` make the mutants, `judges` look for them, `equivalent.yaml` lists those that
change no points, with the reason.
"""
