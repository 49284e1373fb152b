"""A home that is let to others: one owns it, and lives elsewhere."""

import re

LETS = re.compile("(?<![板东])租给(?!(?:过|了)?[我俺咱])[^,。;]{0,6}|出?租出去?|出租[了着给]")
"""租给别人了, 租出去了; not 房东租给我."""
LEFT = ("let", "built", "neither")
"""What one may live in here, all the same."""
