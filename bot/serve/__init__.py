"""`xinshimin serve`: callback, pages and worker in processes of their own, behind one address."""
