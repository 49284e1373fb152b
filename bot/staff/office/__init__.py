"""What the office settles: the county's own files, open rules, learnt wordings."""
