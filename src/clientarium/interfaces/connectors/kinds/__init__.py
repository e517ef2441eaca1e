"""One folder per kind; each offers its `KIND`."""
