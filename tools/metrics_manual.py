"""Write docs/manual/<language>/metrics.md from the catalogue and its specs.

python -m tools.metrics_manual            write the pages
python -m tools.metrics_manual --check    exit 1 where a page is not what it would write
"""

import sys
from pathlib import Path

from clientarium.core.metrics import catalogue_page, load_catalogue
from tests.spec.examples import collect_examples

ROOT = Path(__file__).parents[1]
LANGUAGES = ("ru", "en")


def pages() -> dict[Path, str]:
    catalogue, examples = load_catalogue(), collect_examples()
    return {
        ROOT / "docs" / "manual" / language / "metrics.md": catalogue_page(catalogue, language, examples)
        for language in LANGUAGES
    }


def stale_pages() -> list[Path]:
    return [path for path, text in pages().items() if not path.exists() or path.read_text(encoding="utf-8") != text]


def main() -> int:
    stale = stale_pages()
    if "--check" in sys.argv[1:]:
        for path in stale:
            print(f"{path.relative_to(ROOT)} is out of date: run python -m tools.metrics_manual")
        return 1 if stale else 0
    for path, text in pages().items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
