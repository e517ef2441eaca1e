"""From the names and codes in a file to our clients: a million keys in chunks, and again the same after a crash."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import pyarrow as pa
from django.db import transaction
from django.utils import timezone

from clientarium.decisions.journal import record
from clientarium.decisions.people import User, name_key

from ..choices import ClientVerb
from ..models import Client, SourceKey
from ..queries.names import search_name_of
from .bulk import ROWS_PER_TRANSACTION, allocate_ids, insert_rows
from .copies import insert_bare_states

KEYS_SCHEMA = pa.schema([("client_key", pa.string()), ("client_id", pa.int64())])

CLIENT_COLUMNS = (
    "id",
    "name",
    "search_name",
    "is_stopped",
    "has_bad_review",
    "fields",
    "created_import",
    "created_on",
)
KEY_COLUMNS = ("source", "key", "name_key", "by_name", "client_id", "import_id", "is_reused")
NAME_CHARACTERS = 300


@dataclass(frozen=True)
class FileKey:
    """A client as the file calls him. `by_name`: the key is nothing but the name."""

    key: str
    name: str
    name_key: str
    by_name: bool


@dataclass(frozen=True)
class Known:
    """Clients of a source that bear a name: which, and whether one of them has a key of another kind than a name."""

    client_ids: frozenset[int]
    has_code: bool


def resolve_clients(staged: pa.Table, *, source: str, import_id: str, by: User | None) -> pa.Table:
    """KEYS_SCHEMA: a client for every client_key of `staged` (client_key, client_name and, not read here, the card).

    A key of this source that is known keeps its client. A new key goes to the client who bears the same name in this
    source, if there is exactly one and the two are not different codes. Everybody else is created, tagged `import_id`.
    """
    file_keys = distinct_keys(staged)
    codes_of_name = Counter(key.name_key for key in file_keys if not key.by_name)
    resolved: dict[str, int] = {}
    created = attached = 0
    for start in range(0, len(file_keys), ROWS_PER_TRANSACTION):
        chunk = file_keys[start : start + ROWS_PER_TRANSACTION]
        done = resolve_chunk(chunk, codes_of_name=codes_of_name, source=source, import_id=import_id)
        resolved.update(done.client_ids)
        created, attached = created + done.created, attached + done.attached
    if created or attached:
        data = {"import_id": import_id, "source": source, "created": created, "attached": attached}
        with transaction.atomic():
            record(ClientVerb.CLIENTS_RESOLVED, target=None, by=by, data=data)
    return pa.table({"client_key": list(resolved), "client_id": list(resolved.values())}, schema=KEYS_SCHEMA)


def distinct_keys(staged: pa.Table) -> list[FileKey]:
    """Each key once, in the order of the file, with the first name that is given for it."""
    names: dict[str, str] = {}
    for key, name in pairs(staged):
        if key is not None and not names.get(key):
            names[key] = (name or "").strip()
    return [file_key(key, name or key) for key, name in names.items()]


def pairs(staged: pa.Table) -> Iterator[tuple[str | None, str | None]]:
    keys, names = staged["client_key"], staged["client_name"]
    for key_chunk, name_chunk in zip(keys.chunks, names.chunks, strict=True):
        yield from zip(key_chunk.to_pylist(), name_chunk.to_pylist(), strict=True)


def file_key(key: str, name: str) -> FileKey:
    name_as_key = name_key(name)[:NAME_CHARACTERS]
    return FileKey(key, name[:NAME_CHARACTERS], name_as_key, by_name=name_key(key)[:NAME_CHARACTERS] == name_as_key)


@dataclass(frozen=True)
class Resolved:
    client_ids: dict[str, int]
    created: int
    attached: int


@transaction.atomic
def resolve_chunk(chunk: Sequence[FileKey], *, codes_of_name: Counter[str], source: str, import_id: str) -> Resolved:
    known = known_keys(chunk, source=source, import_id=import_id)
    missing = [key for key in chunk if key.key not in known]
    bearers = bearers_of_names(missing, source=source)
    attached: dict[str, int] = {}
    to_create: dict[str, list[FileKey]] = {}
    for key in missing:
        client_id = same_name(key, bearers.get(key.name_key), codes_of_name)
        if client_id is not None:
            attached[key.key] = client_id
        else:
            # Two spellings of one name in one file are one client; two codes of one name are two.
            to_create.setdefault(key.name_key if key.by_name else f"code\0{key.key}", []).append(key)
    created = create_clients(to_create, codes_of_name=codes_of_name, import_id=import_id)
    new_keys = {**attached, **created}
    rows = [(source, key.key, key.name_key, key.by_name, new_keys[key.key], import_id, False) for key in missing]
    insert_rows(SourceKey._meta.db_table, KEY_COLUMNS, rows)
    return Resolved({**known, **new_keys}, len(set(created.values())), len(attached))


def known_keys(chunk: Sequence[FileKey], *, source: str, import_id: str) -> dict[str, int]:
    """key → client for the keys this source has used before; those of another import are marked as met again."""
    found = SourceKey.objects.filter(source=source, key__in=[key.key for key in chunk])
    found.filter(is_reused=False).exclude(import_id=import_id).update(is_reused=True)
    return dict(found.values_list("key", "client_id"))


def bearers_of_names(missing: Sequence[FileKey], *, source: str) -> dict[str, Known]:
    """name_key → who bears that name in this source."""
    rows = SourceKey.objects.filter(source=source, name_key__in={key.name_key for key in missing})
    clients: dict[str, set[int]] = {}
    has_code: set[str] = set()
    for name, client_id, by_name in rows.values_list("name_key", "client_id", "by_name"):
        clients.setdefault(name, set()).add(client_id)
        if not by_name:
            has_code.add(name)
    return {name: Known(frozenset(ids), name in has_code) for name, ids in clients.items()}


def same_name(key: FileKey, known: Known | None, codes_of_name: Counter[str]) -> int | None:
    """The one client meant by the name of `key`; two different codes are two clients, whatever their names."""
    if known is None or len(known.client_ids) != 1:
        return None
    if not key.by_name and (known.has_code or codes_of_name[key.name_key] > 1):
        return None
    return next(iter(known.client_ids))


def create_clients(
    to_create: dict[str, list[FileKey]], *, codes_of_name: Counter[str], import_id: str
) -> dict[str, int]:
    """key → new client."""
    groups = joined_with_codes(to_create, codes_of_name)
    ids = allocate_ids(Client, len(groups)) if groups else []
    today = timezone.localdate()
    rows, states, created = [], [], {}
    for client_id, keys in zip(ids, groups, strict=True):
        name = keys[0].name
        rows.append((client_id, name, search_name_of(name)[:NAME_CHARACTERS], False, False, "{}", import_id, today))
        states.append((client_id, name, search_name_of(name)[:NAME_CHARACTERS], None))
        created.update({key.key: client_id for key in keys})
    insert_rows(Client._meta.db_table, CLIENT_COLUMNS, rows)
    insert_bare_states(states)
    return created


def joined_with_codes(to_create: dict[str, list[FileKey]], codes_of_name: Counter[str]) -> list[list[FileKey]]:
    """A name and the only code that bears it in the file are one client."""
    by_name = {group: keys for group, keys in to_create.items() if not group.startswith("code\0")}
    groups = []
    for group, keys in to_create.items():
        if group in by_name:
            continue
        name = keys[0].name_key
        groups.append([*keys, *by_name.pop(name, [])] if codes_of_name[name] == 1 else keys)
    return [*groups, *by_name.values()]
