"""The month's plan of each seller from the bottom up, and how it goes."""
