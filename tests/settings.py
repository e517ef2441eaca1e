"""Settings of the tests: the program's own over a home that lives as long as the process.

pytest-django reads settings before any conftest, so the home is chosen here; the developer's ./var is never touched.
"""

import atexit
import os
import shutil
import tempfile

TEST_HOME = tempfile.mkdtemp(prefix="clientarium-test-")
atexit.register(shutil.rmtree, TEST_HOME, ignore_errors=True)
os.environ["CLIENTARIUM_HOME"] = TEST_HOME
# Programs that a test starts read the program's own settings, not these.
os.environ["DJANGO_SETTINGS_MODULE"] = "clientarium.config.settings"

from clientarium.config.paths import packaged_definitions  # noqa: E402 -- after the home is chosen
from clientarium.config.settings import *  # noqa: E402, F403

shutil.copytree(packaged_definitions(), os.path.join(TEST_HOME, "definitions"))  # noqa: PTH118

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # signing in is not slow by design here
