"""How long a client may go without a purchase before he is cold: rules with their dates, exceptions, warnings."""
