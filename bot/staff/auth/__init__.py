"""Who works at the console: accounts, sign-in, what each may open."""
