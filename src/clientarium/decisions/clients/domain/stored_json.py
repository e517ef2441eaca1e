"""JSON as Django stores it, for statements that go past the ORM."""

import json
from typing import Any


def json_text(value: Any) -> str:
    return json.dumps(value, ensure_ascii=True)
