"""Which keys the database needs, sealing with another one, and what still lies in the clear."""
