"""Reading what the mirror shows from the published state and from people's own records."""
