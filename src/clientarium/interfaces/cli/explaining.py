"""Why one client stands where he stands, as a record and as lines; imported only when a home is open."""

from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

from clientarium.core.categories import explain
from clientarium.core.ground import Message
from clientarium.decisions.clients import state_as_of

from .definitions import home_definitions, scheme_named
from .language import _, language, sentence
from .listing import client_row
from .printing import shown


def explained(home: Path, *, client: str, scheme: str) -> dict[str, Any]:
    """The explanation of `scheme` for the client with that code or name, on the published state."""
    definition = scheme_named(home_definitions(home), name=scheme)
    values = client_row(client)
    found = explain(definition, values, language=language(), current=values.get(scheme))
    record = asdict(found) | {"kept": sentence(found.kept) if isinstance(found.kept, Message) else None}
    return {"client": values["client"], "name": values["name"], "as_of": state_as_of()} | record


def explanation_lines(record: dict[str, Any]) -> Iterator[str]:
    """The explanation as people read it: the category, the rule that fired, what would raise him by one."""
    current = record["current"] or record["category"] or _("no category")
    yield f"{record['name']}: {current} ({shown(record['as_of'])})"
    if record["kept"]:
        yield f"  {record['kept']}"
    if record["source"]:
        yield f"  {record['source']}"
    yield from _rule_lines(_("Rule that fired"), record["fired"])
    yield from _rule_lines(_("One step up"), record["upwards"])


def _rule_lines(title: str, rule: dict[str, Any] | None) -> Iterator[str]:
    if rule is None:
        return
    yield f"{title}: {rule['category']} {rule['title']}"
    for part in rule["parts"]:
        mark = {True: "✓", False: "✗", None: "?"}[part["truth"]]
        seen = "; ".join(f"{name} = {shown(value)}" for _name, name, value, _unit in part["values"])
        yield f"  {mark} {part['sentence']}" + (f"   [{seen}]" if seen else "")
    for gap in rule["gaps"]:
        yield f"    → {gap['text']}"
