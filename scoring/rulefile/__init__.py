"""What is written: the models of rules files, their sources, defaults, amendments and checks."""
