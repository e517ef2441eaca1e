"""Every test gets a home of its own kind: nothing here touches the developer's ./var."""

import os
import tempfile

TEST_HOME = tempfile.mkdtemp(prefix="clientarium-test-")
os.environ["CLIENTARIUM_HOME"] = TEST_HOME
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "clientarium.config.settings")

from tests.cast import cast  # noqa: E402, F401 -- the fixture every part may use; settings come first
