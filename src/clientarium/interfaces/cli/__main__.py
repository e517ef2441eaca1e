"""`python -m clientarium.interfaces.cli`."""

from .main import main

main()
