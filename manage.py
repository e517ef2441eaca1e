"""Django's own commands (makemigrations, …) for developers; users have `clientarium`."""

import os
import sys

from django.core.management import execute_from_command_line

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "clientarium.config.settings")
execute_from_command_line(sys.argv)
