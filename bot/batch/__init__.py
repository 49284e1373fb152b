"""Files of many people: read in pieces, estimated by all cores, written in order."""
