"""What import-linter cannot see: dynamic imports, foreign keys, names that say nothing."""

import re
import subprocess
import sys
from pathlib import Path

from django.apps import apps

SOURCE = Path(__file__).parents[2] / "src" / "clientarium"
DECISIONS_LOW_TO_HIGH = [
    "people",
    "journal",
    "clients",
    "grades",
    "contacts",
    "quality",
    "runs",
    "connections",
    "statuses",
]
EMPTY_NAMES = {"utils", "helpers", "common", "misc", "manager", "service", "util", "helper", "managers", "services"}


def test_core_imports_without_django():
    code = (
        "import sys\n"
        "class Wall:\n"
        "    def find_spec(self, name, *rest):\n"
        "        if name.split('.')[0] == 'django': raise ImportError('core must not import django')\n"
        "sys.meta_path.insert(0, Wall())\n"
        "import clientarium.core.pipeline, clientarium.core.readings\n"
    )
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stderr


def test_foreign_keys_point_down():
    upward = [
        f"{model._meta.label}.{field.name} -> {field.related_model._meta.label}"
        for app in DECISIONS_LOW_TO_HIGH
        for model in apps.get_app_config(app).get_models()
        for field in model._meta.get_fields()
        if field.concrete
        and field.is_relation
        and field.related_model._meta.app_label in DECISIONS_LOW_TO_HIGH
        and DECISIONS_LOW_TO_HIGH.index(field.related_model._meta.app_label) > DECISIONS_LOW_TO_HIGH.index(app)
    ]
    assert upward == []


def test_no_module_bears_an_empty_name():
    assert [str(path) for path in SOURCE.rglob("*.py") if path.stem in EMPTY_NAMES] == []


def test_core_never_reads_the_clock_or_the_environment():
    forbidden = re.compile(r"date\.today\(|datetime\.now\(|time\.time\(|os\.environ|os\.getenv|utcnow\(")
    found = [
        f"{path.relative_to(SOURCE)}: {line.strip()}"
        for path in (SOURCE / "core").rglob("*.py")
        for line in path.read_text(encoding="utf-8").splitlines()
        if forbidden.search(line) and "# set:" not in line
    ]
    assert found == []


def test_no_file_passes_five_hundred_lines():
    long = {
        str(path.relative_to(SOURCE)): count
        for path in SOURCE.rglob("*.py")
        # A migration is one list of fields that Django writes; cut in two it would be harder to read.
        if "migrations" not in path.parts and (count := len(path.read_text("utf-8").splitlines())) > 500
    }
    assert long == {}


def test_migrations_are_named_by_hand():
    auto = [str(path) for path in SOURCE.rglob("migrations/*_auto_*.py")]
    assert auto == []
