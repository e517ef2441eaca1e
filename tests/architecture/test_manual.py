"""The manual is true: its commands and options exist, its definitions load, and nothing the program has is missing."""

import re
import shlex
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
import typer.main

from clientarium.config.env import Environment
from clientarium.config.paths import packaged_definitions
from clientarium.core.ground.expressions import Name, ValueType, parse_condition
from clientarium.core.pipeline import KINDS, Layout, load_definitions, meaning_names
from clientarium.decisions.people import Role
from clientarium.interfaces.cli.commands import app

ROOT = Path(__file__).parents[2]
MANUAL = ROOT / "docs" / "manual"
LANGUAGES = ("ru", "en")
READMES = {"ru": ROOT / "README.ru.md", "en": ROOT / "README.md"}
SHELL_WORDS = {"export", "make"}
CARD_WORDS = tuple(Name(name, ValueType.TEXT, name, name) for name in ("name", "code", "inn"))
"""Words of lists that the rules of categories do not have."""


def pages(language: str) -> list[Path]:
    return [READMES[language], *sorted((MANUAL / language).glob("*.md"))]


def manual_text(language: str) -> str:
    return "\n".join(page.read_text(encoding="utf-8") for page in pages(language))


def blocks(page: Path, kind: str) -> list[str]:
    return re.findall(rf"^```{kind}\n(.*?)^```", page.read_text(encoding="utf-8"), re.S | re.M)


def shown_lines() -> Iterator[tuple[str, str]]:
    for language in LANGUAGES:
        for page in pages(language):
            for block in blocks(page, "console"):
                for line in block.splitlines():
                    yield f"{page.relative_to(ROOT)}: {line}", line.removeprefix("$ ").partition("  #")[0]


def commands(command=None, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], typer.main.TyperCommand]]:
    """Every command that is not hidden, with the words that call it."""
    command = command or typer.main.get_command(app)
    inner = getattr(command, "commands", None)
    if inner is None:
        yield path, command
        return
    for name, child in inner.items():
        if not child.hidden:
            yield from commands(child, (*path, name))


def option_names(command) -> set[str]:
    return {name for parameter in command.params for name in (*parameter.opts, *parameter.secondary_opts)}


def without_common_options(words: list[str]) -> list[str]:
    while words and words[0] in ("--home", "--lang"):
        words = words[2:]
    return words


def faults_of(words: list[str]) -> list[str]:
    """What is wrong with a shown `clientarium …` line: no such command, no such option."""
    known = dict(commands())
    words = without_common_options(words)
    path = next((tuple(words[:n]) for n in (2, 1) if tuple(words[:n]) in known), None)
    if path is None:
        return [f"no command {' '.join(words[:2])}"]
    asked = {word.partition("=")[0] for word in words[len(path) :] if word.startswith("--")}
    return [f"no option {name}" for name in sorted(asked - option_names(known[path]))]


def test_manual_every_shown_command_exists():
    faults = []
    for place, line in shown_lines():
        words = shlex.split(line)
        if words[0] == "clientarium":
            faults += [f"{place}: {fault}" for fault in faults_of(words[1:])]
        elif words[0] not in SHELL_WORDS:
            faults.append(f"{place}: not a line of ours")
    assert faults == []


def test_manual_every_make_target_exists():
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.M))
    shown = {line.split()[1] for _place, line in shown_lines() if line.startswith("make ")}
    assert shown - targets == set()


def test_manual_faults_are_found():
    assert faults_of(["pulls"]) == ["no command pulls"]
    assert faults_of(["pulse", "--asof", "2026-01-31"]) == ["no option --asof"]
    assert faults_of(["--home", "x", "imports", "show", "3", "--json"]) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_manual_command_line_page_names_every_command_and_option(language):
    text = (MANUAL / language / "command-line.md").read_text(encoding="utf-8")
    missing = []
    for path, command in commands():
        options = {name for name in option_names(command) if not name.startswith("--no-") or name == "--no-client"}
        part = options_told_of(text, path)
        missing += [f"{' '.join(path)} {name}" for name in sorted(options - {"--help"}) if name.startswith("--")
                    and f"`{name}" not in part]  # fmt: skip
        if f"`clientarium {' '.join(path)}`" not in text and f"`{path[-1]}`" not in text:
            missing.append(" ".join(path))
    assert missing == []


def options_told_of(text: str, path: tuple[str, ...]) -> str:
    """The paragraph of the options that names the command in bold."""
    paragraphs = text.split("\n\n")
    return "\n".join(part for part in paragraphs if f"**{' '.join(path)}**" in part)


def known_words() -> Iterator[tuple[str, str]]:
    """(what it is, the word) of everything the manual has to tell about."""
    definitions = load_definitions(packaged_definitions(), ())
    yield from (("role", f"`{role.value}`") for role in Role)
    yield from (("scheme", f"`{scheme.name}`") for scheme in definitions.schemes)
    yield from (("tag", f"`{tag.column}`") for tag in definitions.schemes.tags)
    yield from (("policy", f"`{line}`") for line in definitions.policy.lines)
    yield from (("metric", f"`{metric}`") for metric in definitions.catalogue.metrics)
    yield from (("setting", f"`CLIENTARIUM_{name.upper()}`") for name in Environment.model_fields)
    yield from (("kind of file", f"`{kind}`") for kind in KINDS)
    yield from (("meaning", f"`{name}`") for kind in KINDS for name in meaning_names(kind))


@pytest.mark.parametrize("language", LANGUAGES)
def test_manual_tells_of_everything_the_program_has(language):
    text = manual_text(language)
    assert [f"{what} {word}" for what, word in known_words() if word not in text] == []


def test_manual_languages_have_the_same_pages():
    russian, english = ({page.name for page in (MANUAL / language).glob("*.md")} for language in LANGUAGES)
    assert russian == english


@pytest.mark.parametrize("language", LANGUAGES)
def test_manual_index_leads_to_every_page(language):
    links = set(re.findall(r"\]\(([\w-]+\.md)\)", (MANUAL / language / "index.md").read_text(encoding="utf-8")))
    assert links == {page.name for page in (MANUAL / language).glob("*.md")} - {"index.md"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_manual_links_and_pictures_are_there(language):
    lost = []
    for page in pages(language):
        for target in re.findall(r"\]\(([^)#\s]+)(?:#[^)\s]*)?\)", page.read_text(encoding="utf-8")):
            if "://" not in target and not (page.parent / target).exists():
                lost.append(f"{page.relative_to(ROOT)}: {target}")
    assert lost == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_manual_own_scheme_and_metric_load(language, tmp_path):
    folder = tmp_path / "definitions"
    shutil.copytree(packaged_definitions(), folder)
    written = []
    for block in blocks(MANUAL / language / "categories.md", "yaml"):
        place = block.splitlines()[0].removeprefix("# definitions/")
        (folder / place).parent.mkdir(parents=True, exist_ok=True)
        (folder / place).write_text(block, encoding="utf-8")
        written.append(place)
    definitions = load_definitions(folder, ())
    assert written == ["categories/tools.yaml", "metrics/tools.yaml"]
    assert definitions.schemes["tools"].codes == ("deep", "some", "none")
    assert {"revenue_tools_12m", "revenue_tools_prev_12m"} <= set(definitions.catalogue.metrics)


@pytest.mark.parametrize("language", LANGUAGES)
def test_manual_layout_is_read(language):
    layout = Layout.from_yaml(blocks(MANUAL / language / "import.md", "yaml")[0])
    assert layout.headers_of("revenue") == ("Сумма",)


@pytest.mark.parametrize("language", LANGUAGES)
def test_manual_conditions_are_read(language):
    vocabulary = load_definitions(packaged_definitions(), ()).vocabulary() | {name.name: name for name in CARD_WORDS}
    page = MANUAL / language / "conditions.md"
    lines = [line for block in blocks(page, "sql") for line in block.splitlines() if not line.startswith("--")]
    shown = re.findall(r'--where "([^"]+)"', manual_text(language))
    assert len(lines) == 9
    for condition in [*lines, *shown]:
        parse_condition(condition, vocabulary)
