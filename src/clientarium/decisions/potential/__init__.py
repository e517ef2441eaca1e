"""What a client could buy: declared by his seller, and computed from similar clients."""
