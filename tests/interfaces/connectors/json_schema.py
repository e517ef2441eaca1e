"""JSON Schema (draft 7) as far as DaData's schema uses it: who breaks it is told where, and samples that keep it."""

import json
from functools import cache
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parents[3] / "../shared/formats/dadata"
KNOWN = {"type", "properties", "required", "items", "$ref", "anyOf", "enum", "const", "description", "examples",
         "default", "maxLength", "maximum", "minItems", "maxItems"}  # fmt: skip
TYPES: dict[str, Any] = {"object": dict, "array": list, "string": str, "number": (int, float), "boolean": bool,
                         "null": type(None)}  # fmt: skip
EMPTY: dict[str, Any] = {"null": None, "string": "", "number": 0, "boolean": False, "array": []}


@cache
def definitions(name: str) -> dict[str, Any]:
    return json.loads((FOLDER / f"{name}.schema.json").read_text(encoding="utf-8"))["definitions"]


def faults(value: Any, schema: dict[str, Any], known: dict[str, Any], place: str = "$") -> list[str]:
    """Where `value` breaks `schema`; [] where it does not. A keyword this page does not know is our own mistake."""
    assert set(schema) <= KNOWN, (place, set(schema) - KNOWN)
    if "$ref" in schema:
        return faults(value, known[schema["$ref"].rpartition("/")[2]], known, place)
    if "anyOf" in schema:
        tried = [faults(value, one, known, place) for one in schema["anyOf"]]
        return [] if [] in tried else [f"{place}: none of {len(tried)} ways: {tried[0][0]}"]
    if "const" in schema or "enum" in schema:
        allowed = [schema["const"]] if "const" in schema else schema["enum"]
        return [] if value in allowed else [f"{place}: {value!r} is none of {allowed}"]
    types = schema.get("type", [])
    wanted = [types] if isinstance(types, str) else types
    if wanted and not any(isinstance(value, TYPES[one]) and (one != "number" or value is not True) for one in wanted):
        return [f"{place}: {value!r} is no {wanted}"]
    found = [f"{place}: longer than {schema['maxLength']}"] if len(str(value)) > schema.get("maxLength", 10**9) else []
    if isinstance(value, dict):
        found += [f"{place}: no {name}" for name in schema.get("required", ()) if name not in value]
        unknown = set(value) - set(schema.get("properties", value))
        found += [f"{place}: there is no {name}" for name in sorted(unknown)]
        for name, part in schema.get("properties", {}).items():
            found += faults(value[name], part, known, f"{place}.{name}") if name in value else []
    if isinstance(value, list):
        for number, item in enumerate(value):
            found += faults(item, schema.get("items", {}), known, f"{place}[{number}]")
    return found


def sample(schema: dict[str, Any], known: dict[str, Any]) -> Any:
    """The poorest value that keeps `schema`: required parts only, null where it may be."""
    if "$ref" in schema:
        return sample(known[schema["$ref"].rpartition("/")[2]], known)
    if "anyOf" in schema:
        return sample(next((one for one in schema["anyOf"] if one.get("type") == "null"), schema["anyOf"][0]), known)
    if "const" in schema or "enum" in schema:
        return schema.get("const", schema.get("enum", [None])[0])
    types = [schema["type"]] if isinstance(schema.get("type", "null"), str) else schema["type"]
    kind = "null" if "null" in types else types[0]
    if kind == "object":
        return {name: sample(schema["properties"][name], known) for name in schema.get("required", ())}
    return EMPTY[kind]
