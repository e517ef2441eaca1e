"""Everything a firm may change without Python, read from its folder and checked together."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from clientarium.core.categories import Policy, Schemes, load_policy, load_schemes
from clientarium.core.ground import content_hash
from clientarium.core.ground.expressions import Name
from clientarium.core.metrics import Catalogue, Norms, load_catalogue, load_norms


@dataclass(frozen=True)
class Definitions:
    """Metrics, schemes, norms and policy as one whole; `hash` names their contents."""

    catalogue: Catalogue
    schemes: Schemes
    norms: Norms
    policy: Policy
    custom_fields: tuple[Name, ...]
    hash: str

    def vocabulary(self) -> dict[str, Name]:
        """Every name a condition may use: metrics, card fields, categories, tags, levels."""
        return {**self.scheme_vocabulary(), **self.schemes.vocabulary()}

    def scheme_vocabulary(self) -> dict[str, Name]:
        """The names a scheme finds before any scheme is computed: metrics and card fields."""
        return self.catalogue.vocabulary(self.custom_fields)


def load_definitions(home_definitions: Path, custom_fields: Sequence[Name] = ()) -> Definitions:
    """The definitions in the home's folder; raises UserError with file, line, word and the nearest names.

    Reading takes over a second, so a result is kept for as long as no byte of the files changes.
    """
    contents = content_hash(
        *(f"{path}\n{path.read_text('utf-8')}" for path in sorted(home_definitions.rglob("*.yaml")))
    )
    return _definitions_of(home_definitions, contents, tuple(custom_fields))


@lru_cache(maxsize=8)
def _definitions_of(home_definitions: Path, contents: str, custom_fields: tuple[Name, ...]) -> Definitions:  # noqa: ARG001 -- the key
    own_metrics = home_definitions / "metrics"
    catalogue = load_catalogue(*([own_metrics] if own_metrics.is_dir() else []))
    norms = load_norms(home_definitions / "norms.yaml")
    policy = load_policy(home_definitions / "policy.yaml")
    schemes = load_schemes(
        home_definitions / "categories", catalogue=catalogue, policy=policy, custom_fields=custom_fields
    )
    fields = "\n".join(f"{field.name} {field.type}" for field in custom_fields)
    return Definitions(
        catalogue=catalogue,
        schemes=schemes,
        norms=norms,
        policy=policy,
        custom_fields=tuple(custom_fields),
        hash=content_hash(catalogue.hash, schemes.hash, norms.hash, fields),
    )
