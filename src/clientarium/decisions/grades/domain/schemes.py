"""The text of the rules: saved only when it reads well, kept in every version."""

import hashlib
import os
import shutil
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from clientarium.core.categories import Mode
from clientarium.core.ground import N_, UserError
from clientarium.core.pipeline import Definitions, load_definitions
from clientarium.decisions.clients import custom_field_names
from clientarium.decisions.journal import record
from clientarium.decisions.people import User

from ..choices import SchemeVerb
from ..models import SchemeVersion
from .permission import require_editing_schemes

POLICY, POLICY_FILE = "policy", "policy.yaml"
"""The name under which the versions of the policy are kept, and its file in the home's definitions."""
NORMS, NORMS_FILE = "norms", "norms.yaml"
"""The same for the norms of time."""

PLAIN_FILES = {POLICY: POLICY_FILE, NORMS: NORMS_FILE}
"""Definitions that are kept in versions as schemes are, and are none."""
SAVED = {NORMS: SchemeVerb.NORMS_SAVED}
RESTORED = {NORMS: SchemeVerb.NORMS_RESTORED}


POLICY_LISTENERS: list[Callable[..., None]] = []


def when_policy_saved(listener: Callable[..., None]) -> None:
    """Have `listener(before, after, by=, note=)` called with the texts, in the transaction that saves the policy.

    Called once, when the app above that keeps something of the policy by itself is ready.
    """
    assert listener not in POLICY_LISTENERS, listener
    POLICY_LISTENERS.append(listener)


def load_current_definitions() -> Definitions:
    """The company's definitions as they stand in the home; raises UserError with file and line."""
    return load_definitions(_folder(), custom_field_names())


def require_category(scheme: str, *, category: str) -> None:
    """Raises UserError unless people decide in `scheme`, and it has `category`."""
    schemes = load_current_definitions().schemes
    if scheme not in schemes:
        raise UserError(N_("There is no scheme “%(scheme)s”."), scheme=scheme)
    if schemes[scheme].mode is not Mode.CONFIRM:
        raise UserError(
            N_("The scheme “%(scheme)s” decides by itself: nobody confirms its categories."),
            cure=N_("Change its rule, or its mode to “confirm”."),
            scheme=scheme,
        )
    if schemes[scheme].category(category) is None:
        raise UserError(
            N_("The scheme “%(scheme)s” has no category “%(category)s”."),
            cure=N_("Choose one of: %(known)s."),
            scheme=scheme,
            category=category,
            known=", ".join(schemes[scheme].codes),
        )


def check_scheme(scheme: str, *, text: str, policy: str | None = None) -> Definitions:
    """All definitions with `scheme` reading `text`; raises UserError with the line and the nearest right words.

    `policy` is another text of the policy to read it with.
    """
    place = scheme_path(scheme)
    definitions = check_files({f"categories/{place.name}": text} | ({POLICY_FILE: policy} if policy else {}))
    if scheme not in definitions.schemes:
        raise UserError(
            N_("The text describes another scheme, not “%(scheme)s”."),
            cure=N_("Write “scheme: %(scheme)s” in it."),
            scheme=scheme,
        )
    return definitions


def check_files(changed: Mapping[str, str]) -> Definitions:
    """All definitions with some files reading otherwise; raises UserError with the file inside the folder and line."""
    with tempfile.TemporaryDirectory(prefix="clientarium-scheme-") as temporary:
        copy = Path(temporary) / "definitions"
        shutil.copytree(_folder(), copy)
        for name, text in changed.items():
            (copy / name).write_text(text, encoding="utf-8")
        try:
            return load_definitions(copy, custom_field_names())
        except UserError as error:
            error.place = error.place.replace(f"{copy}{os.sep}", "")
            raise


def save_scheme(scheme: str, *, text: str, by: User, note: str = "", expected_hash: str | None = None) -> SchemeVersion:
    """Check `text`, make it the file of the scheme, and keep it as a version.

    `expected_hash` is the hash of the text the user began with: raises UserError if somebody saved another since.
    """
    return _save(scheme, text=text, by=by, note=note, expected_hash=expected_hash, verb=SchemeVerb.SCHEME_SAVED)


def save_policy(*, text: str, by: User, note: str = "", expected_hash: str | None = None) -> SchemeVersion:
    """The same for the numbers that several schemes lean on; its versions are those of the scheme `POLICY`."""
    return _save(POLICY, text=text, by=by, note=note, expected_hash=expected_hash, verb=SchemeVerb.SCHEME_SAVED)


def save_norms(*, text: str, by: User, note: str = "", expected_hash: str | None = None) -> SchemeVersion:
    """The same for the norms of time; the next pulse counts by them."""
    return _save(NORMS, text=text, by=by, note=note, expected_hash=expected_hash, verb=SAVED[NORMS])


def policy_path() -> Path:
    return _folder() / POLICY_FILE


def norms_path() -> Path:
    return _folder() / NORMS_FILE


def restore_version(version: SchemeVersion, *, by: User, note: str = "") -> SchemeVersion:
    """Make an earlier text the current one again; it must still fit today's metrics and fields."""
    verb = RESTORED.get(version.scheme, SchemeVerb.SCHEME_RESTORED)
    return _save(version.scheme, text=version.text, by=by, note=note, expected_hash=None, verb=verb)


def scheme_path(scheme: str) -> Path:
    """The file of `scheme`; a new scheme gets one of its own name. Raises UserError for a name that is no name."""
    if not (scheme.isascii() and scheme.isidentifier() and scheme.islower()):
        raise UserError(
            N_("“%(scheme)s” cannot be the name of a scheme."),
            cure=N_("Use small Latin letters, digits and underscores."),
            scheme=scheme,
        )
    folder = _folder() / "categories"
    for path in sorted(folder.glob("*.yaml")):
        lines = path.read_text(encoding="utf-8").splitlines()
        if f"scheme: {scheme}" in (line.split("#")[0].strip() for line in lines):
            return path
    return folder / f"{scheme}.yaml"


def text_hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _save(scheme: str, *, text: str, by: User, note: str, expected_hash: str | None, verb: SchemeVerb) -> SchemeVersion:
    require_editing_schemes(by)
    text = text.replace("\r\n", "\n")
    if scheme in PLAIN_FILES:
        check_files({PLAIN_FILES[scheme]: text})
        path = _folder() / PLAIN_FILES[scheme]
    else:
        check_scheme(scheme, text=text)
        path = scheme_path(scheme)
    with transaction.atomic():
        before = path.read_text(encoding="utf-8") if path.is_file() else None
        if expected_hash and before is not None and text_hash(before) != expected_hash:
            raise UserError(
                N_("Somebody changed this scheme while you were editing it."),
                cure=N_("Open it again and repeat your change."),
            )
        _keep_unsaved(scheme, text=before)
        version = SchemeVersion.objects.create(
            scheme=scheme, text=text, hash=text_hash(text), by=by, at=timezone.now(), note=note
        )
        data = {"scheme": scheme, "hash": version.hash, "before": text_hash(before) if before else None}
        record(verb, target=version, by=by, reason=note, data=data)
        for listener in POLICY_LISTENERS if scheme == POLICY else ():
            listener(before, text, by=by, note=note)
        _replace(path, text=text)
    return version


def _keep_unsaved(scheme: str, *, text: str | None) -> None:
    """A text that came with the program, or was written by hand in the folder, becomes a version before it goes."""
    if text is None:
        return
    newest = SchemeVersion.objects.filter(scheme=scheme).first()
    if newest is None or newest.hash != text_hash(text):
        SchemeVersion.objects.create(scheme=scheme, text=text, hash=text_hash(text), by=None, at=timezone.now())


def _replace(path: Path, *, text: str) -> None:
    """Readers see the old file or the new one, whole."""
    temporary = path.with_name(f".{path.name}.{os.getpid()}")
    with temporary.open("w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    temporary.replace(path)


def _folder() -> Path:
    return Path(settings.CLIENTARIUM_DEFINITIONS)
