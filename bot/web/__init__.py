"""What the pages and the console share, below both: forms with tokens, addresses of static files,
how long an answer may be kept, error pages, sealed links, the rules arranged for reading."""
