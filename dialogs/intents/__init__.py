"""What a message wants of the talk itself, in one's own words; `intents.yaml` has them."""
