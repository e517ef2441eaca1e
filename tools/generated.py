"""Pages of the manual that are generated from the code: rewritten, or with --check compared.

Each generator returns {path: text}; a page that differs from its generator fails the check.
"""

import sys
from collections.abc import Callable, Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def settings_pages() -> Iterator[tuple[Path, str]]:
    """docs/manual/*/settings.md from config.env."""
    from clientarium.config.env import Environment

    titles = {"ru": "# Настройки\n\nПеременные окружения.", "en": "# Settings\n\nEnvironment variables."}
    heads = {"ru": "| Переменная | По умолчанию | Что значит |", "en": "| Variable | Default | Meaning |"}
    rows = [
        f"| `CLIENTARIUM_{name.upper()}` | `{field.default}` | {field.description} |"
        for name, field in Environment.model_fields.items()
    ]
    for language, title in titles.items():
        yield (
            ROOT / f"docs/manual/{language}/settings.md",
            "\n".join([title, "", heads[language], "|---|---|---|", *rows, ""]),
        )


def metric_pages() -> Iterator[tuple[Path, str]]:
    """docs/manual/*/metrics.md from the cards of the catalogue and the specs of tests/spec."""
    sys.path.insert(0, str(ROOT))
    from clientarium.core.metrics import catalogue_page, load_catalogue
    from tests.spec.examples import collect_examples

    catalogue, examples = load_catalogue(), collect_examples()
    for language in ("ru", "en"):
        yield ROOT / f"docs/manual/{language}/metrics.md", catalogue_page(catalogue, language, examples)


GENERATORS: tuple[Callable[[], Iterator[tuple[Path, str]]], ...] = (settings_pages, metric_pages)


def main(arguments: list[str]) -> int:
    """Write all pages, or name the stale ones and return 1."""
    stale = []
    for generator in GENERATORS:
        for path, text in generator():
            if "--check" in arguments:
                if not path.exists() or path.read_text(encoding="utf-8") != text:
                    stale.append(path)
            else:
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(text, encoding="utf-8")
    for path in stale:
        print(f"stale: {path.relative_to(ROOT)} (run tools/generated.py)")
    return 1 if stale else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
