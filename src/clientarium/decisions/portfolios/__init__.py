"""What each seller can serve and does serve: terms, norms, hours, absences, the pool of clients nobody holds."""
