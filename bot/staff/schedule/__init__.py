"""Opening hours, closures, and the appointments that a change affects."""
