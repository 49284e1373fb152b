"""What holds on a day: rows, categories, the estimate, its bounds and papers."""
