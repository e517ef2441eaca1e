"""From the names and codes in a file to our clients: a million keys in chunks, and again the same after a crash."""

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

import pyarrow as pa
from django.db import transaction

from clientarium.decisions.journal import record
from clientarium.decisions.people import User, name_key

from ..choices import ClientVerb
from ..models import SourceKey
from .bulk import ROWS_PER_TRANSACTION, insert_rows, many_transactions
from .new_clients import NAME_CHARACTERS, FileKey, FirstHolders, NewClients

KEYS_SCHEMA = pa.schema([("client_key", pa.string()), ("client_id", pa.int64())])

KEY_COLUMNS = ("source", "key", "name_key", "by_name", "client_id", "import_id", "is_reused")


@dataclass(frozen=True)
class Known:
    """Clients of a source that bear a name: which, and whether one of them has a key of another kind than a name."""

    client_ids: frozenset[int]
    has_code: bool


def resolve_clients(
    staged: pa.Table, *, source: str, import_id: str, by: User | None, holders: FirstHolders | None = None
) -> pa.Table:
    """KEYS_SCHEMA: a client for every client_key of `staged` (client_key, client_name and, not read here, the card).

    A key of this source that is known keeps its client. A new key goes to the client who bears the same name in this
    source, if there is exactly one and the two are not different codes. Everybody else is created, tagged `import_id`,
    and held from the first by whom `holders` names.
    """
    file_keys = distinct_keys(staged)
    resolving = Resolving(file_keys, source=source, import_id=import_id, holders=holders)
    resolved: dict[str, int] = {}
    with many_transactions():
        for start in range(0, len(file_keys), ROWS_PER_TRANSACTION):
            resolved.update(resolving.chunk(file_keys[start : start + ROWS_PER_TRANSACTION]))
    resolving.tell(by=by)
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
    by_name = key == name or name_key(key)[:NAME_CHARACTERS] == name_as_key
    return FileKey(key, name[:NAME_CHARACTERS], name_as_key, by_name)


class Resolving:
    """One file's keys on their way to clients: what must be known of the whole file, and what was done so far."""

    def __init__(
        self, file_keys: Sequence[FileKey], *, source: str, import_id: str, holders: FirstHolders | None
    ) -> None:
        self._source, self._import_id = source, import_id
        self._codes_of_name = Counter(key.name_key for key in file_keys if not key.by_name)
        self._new = NewClients(import_id=import_id, holders=holders)
        self._attached = 0
        # The first file of a source cannot meet a known key; names known are only those the file has several times.
        self._is_first = not SourceKey.objects.filter(source=source).exists()
        self._repeated = {name for name, times in Counter(key.name_key for key in file_keys).items() if times > 1}

    @transaction.atomic
    def chunk(self, chunk: Sequence[FileKey]) -> dict[str, int]:
        """key → client for these keys."""
        known = {} if self._is_first else known_keys(chunk, source=self._source, import_id=self._import_id)
        missing = [key for key in chunk if key.key not in known] if known else chunk
        bearers = bearers_of_names(self._names_to_look_for(missing), source=self._source)
        attached: dict[str, int] = {}
        to_create: dict[str, list[FileKey]] = {}
        for key in missing:
            client_id = same_name(key, bearers.get(key.name_key), self._codes_of_name)
            if client_id is not None:
                attached[key.key] = client_id
            else:
                # Two spellings of one name in one file are one client; two codes of one name are two.
                to_create.setdefault(key.name_key if key.by_name else f"code\0{key.key}", []).append(key)
        created = self._new.create(joined_with_codes(to_create, self._codes_of_name))
        self._attached += len(attached)
        clients = {**attached, **created}
        rows = [
            (self._source, key.key, key.name_key, key.by_name, clients[key.key], self._import_id, False)
            for key in missing
        ]
        insert_rows(SourceKey._meta.db_table, KEY_COLUMNS, rows)
        return {**known, **clients}

    def _names_to_look_for(self, missing: Sequence[FileKey]) -> set[str]:
        names = {key.name_key for key in missing}
        return names & self._repeated if self._is_first else names

    @transaction.atomic
    def tell(self, *, by: User | None) -> None:
        """What was done, in the journal; nothing when nothing was."""
        about = {"import_id": self._import_id}
        if self._new.created or self._attached:
            done = {"source": self._source, "created": self._new.created, "attached": self._attached}
            record(ClientVerb.CLIENTS_RESOLVED, target=None, by=by, data=about | done)
        if self._new.held:
            record(ClientVerb.HOLDERS_FROM_SALES, target=None, by=by, data=about | {"clients": self._new.held})


def known_keys(chunk: Sequence[FileKey], *, source: str, import_id: str) -> dict[str, int]:
    """key → client for the keys this source has used before; those of another import are marked as met again."""
    found = SourceKey.objects.filter(source=source, key__in=[key.key for key in chunk])
    found.filter(is_reused=False).exclude(import_id=import_id).update(is_reused=True)
    return dict(found.values_list("key", "client_id"))


def bearers_of_names(names: Collection[str], *, source: str) -> dict[str, Known]:
    """name_key → who bears that name in this source."""
    if not names:
        return {}
    rows = SourceKey.objects.filter(source=source, name_key__in=names)
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
