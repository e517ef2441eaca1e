"""Lines of the policy that are younger than a company's own policy file."""

from collections.abc import Iterable
from pathlib import Path

from django.conf import settings

from clientarium.core.categories import read_policy

POLICY_FILE = "policy.yaml"


def with_missing_lines(policy_text: str, names: Iterable[str]) -> str:
    """`policy_text` with those of `names` it lacks added at the end, as they stand in the packaged policy."""
    there = read_policy(policy_text).lines
    packaged = (Path(settings.CLIENTARIUM_PACKAGED_DEFINITIONS) / POLICY_FILE).read_text(encoding="utf-8")
    missing = [_block(packaged, name) for name in names if name not in there]
    return "\n".join([policy_text.rstrip("\n"), *missing, ""]) if missing else policy_text


def _block(text: str, name: str) -> str:
    """One entry of the file, from its name to the next line that is not indented."""
    lines = text.splitlines()
    start = lines.index(f"{name}:")
    end = next((at for at in range(start + 1, len(lines)) if lines[at][:1] != " "), len(lines))
    return "\n".join(lines[start:end])
