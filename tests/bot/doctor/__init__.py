"""`xinshimin doctor`: each check at something right and something wrong."""
