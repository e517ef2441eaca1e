"""`python -m bench [name…] [--small]`: run the benches, print their tables, keep results/*.json."""

import argparse
from importlib import import_module
from pathlib import Path

NAMES = (
    "import_against_copy",
    "metrics_against_sql",
    "pulse_at_scale",
    "pandas_peer",
    "publish_and_list",
    "rhythm_accuracy",
    "rhythm_fit",
    "dedupe",
    "balance",
    "capacity",
    "zones",
)
KEPT_FACTS = Path(__file__).parents[1] / "var" / "bench"


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="name", help=f"any of: {', '.join(NAMES)}; all of them by default")
    parser.add_argument("--small", action="store_true", help="a hundredth of the size: to see that they run")
    parser.add_argument("--folder", type=Path, default=KEPT_FACTS, help="where generated facts are kept between runs")
    arguments = parser.parse_args()
    if unknown := set(arguments.names) - set(NAMES):
        parser.error(f"no such bench: {', '.join(sorted(unknown))}")
    folder = arguments.folder.absolute()
    folder.mkdir(parents=True, exist_ok=True)
    for name in arguments.names or NAMES:
        import_module(f"bench.{name}").bench(folder, small=arguments.small)


if __name__ == "__main__":
    main()
