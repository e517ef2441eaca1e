"""Texts of the screens: extracted from the source, merged with the Russian of locale_parts/*.ru.po, compiled to .mo.

    tools/messages.py --compile   merge the parts and write locale/ru/LC_MESSAGES/django.mo (part of `make install`)
    tools/messages.py --check     fail if a text in the source has no Russian, or a placeholder got lost
    tools/messages.py --update    list missing texts as empty entries in locale_parts/missing.ru.po

Babel reads Python, Django's own `templatize` turns a template into what Babel reads: no gettext binaries needed.
"""

import io
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import django
from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.conf import settings

ROOT = Path(__file__).resolve().parents[1]
SOURCE = ROOT / "src" / "clientarium"
PARTS = SOURCE / "locale_parts"
TARGET = SOURCE / "locale" / "ru" / "LC_MESSAGES" / "django.mo"
KEYWORDS = {
    "_": None,
    "N_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}
PLACEHOLDER = re.compile(r"%\((\w+)\)[a-z]|\{(\w+)\}")


def main(arguments: list[str]) -> int:
    """Carry out one of the three actions; returns the exit code."""
    if not settings.configured:
        settings.configure(USE_I18N=True)
        django.setup()
    merged = merged_parts()
    if "--compile" in arguments:
        compile_catalog(merged)
        return 0
    missing = [(msgid, place) for msgid, place in source_texts() if not has_translation(merged, msgid)]
    if "--update" in arguments:
        write_missing(missing)
        compile_catalog(merged)
        print(f"{len(missing)} texts without Russian" + (f": {PARTS / 'missing.ru.po'}" if missing else ""))
        return 0
    problems = [f"{place}: no Russian for {msgid!r}" for msgid, place in missing] + lost_placeholders(merged)
    print("\n".join(problems))
    return 1 if problems else 0


def merged_parts() -> Catalog:
    """One Russian catalogue of all parts; two parts that disagree about a text are an error."""
    merged = Catalog(locale="ru", charset="utf-8")
    for path in sorted(PARTS.glob("*.ru.po")):
        with path.open("rb") as file:
            part = read_po(file, locale="ru")
        for message in part:
            if not message.id or not message.string or not any(message.string):  # ("", "", "") is no plural yet
                continue
            known = merged.get(message.id, message.context)
            if known and known.string and known.string != message.string:
                print(f"warning: {path.name}: {message.id!r} is translated twice, differently", file=sys.stderr)
                continue
            merged.add(message.id, message.string, context=message.context)
    return merged


def compile_catalog(catalog: Catalog) -> None:
    """Write the .mo, atomically."""
    TARGET.parent.mkdir(parents=True, exist_ok=True)
    draft = TARGET.with_suffix(".tmp")
    with draft.open("wb") as file:
        write_mo(file, catalog)
    draft.replace(TARGET)


def source_texts() -> Iterator[tuple[str | tuple[str, ...], str]]:
    """Every translatable text of Python and templates with its place, once each."""
    from django.utils.translation.template import templatize  # after settings.configure

    seen: set[object] = set()
    for path in sorted(
        [*SOURCE.rglob("*.py"), *SOURCE.rglob("templates/**/*.html"), *SOURCE.rglob("templates/**/*.txt")]
    ):
        text = path.read_text(encoding="utf-8")
        if path.suffix != ".py":
            text = templatize(text, origin=str(path))
        for line, msgid, _comments, context in extract("python", io.BytesIO(text.encode()), keywords=KEYWORDS):
            key = msgid if isinstance(msgid, str) else tuple(part for part in msgid if part)
            if key and (key, context) not in seen:
                seen.add((key, context))
                yield key, f"{path.relative_to(ROOT)}:{line}"


def has_translation(catalog: Catalog, msgid: str | tuple[str, ...]) -> bool:
    """Whether any context of `msgid` has Russian."""
    wanted = msgid if isinstance(msgid, str) else msgid[0]
    return any(
        (message.id if isinstance(message.id, str) else message.id[0]) == wanted and message.string
        for message in catalog
        if message.id
    )


def lost_placeholders(catalog: Catalog) -> list[str]:
    """Translations that name a parameter their original does not have, or lost one."""
    problems = []
    for message in catalog:
        if isinstance(message.id, str) and message.id and isinstance(message.string, str):
            want = {a or b for a, b in PLACEHOLDER.findall(message.id)}
            have = {a or b for a, b in PLACEHOLDER.findall(message.string)}
            if want != have:
                problems.append(f"{message.id!r}: placeholders {sorted(want)} became {sorted(have)}")
    return problems


def write_missing(missing: list[tuple[str | tuple[str, ...], str]]) -> None:
    """List texts without Russian, to be filled in and moved to their part."""
    path = PARTS / "missing.ru.po"
    if not missing:
        path.unlink(missing_ok=True)
        return
    catalog = Catalog(locale="ru", charset="utf-8")
    for msgid, place in missing:
        file, line = place.rsplit(":", 1)
        catalog.add(msgid, locations=[(file, int(line))])
    with path.open("wb") as file_handle:
        write_po(file_handle, catalog)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
