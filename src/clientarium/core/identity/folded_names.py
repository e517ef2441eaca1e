"""Names brought to one form for comparing: no legal form, no quotes, one alphabet, words in any order."""

from dataclasses import dataclass

from clientarium.core.identity.legal_forms import split_legal_form
from clientarium.core.identity.transliteration import latin_key

# Firms shorten these phrases at will.
_PHRASES = tuple(
    (tuple(latin_key(word) for word in phrase.split()), latin_key(short))
    for phrase, short in (
        ("торговый дом", "тд"), ("группа компаний", "гк"), ("торговая компания", "тк"),
        ("транспортная компания", "тк"), ("производственная компания", "пк"), ("управляющая компания", "ук"),
        ("строительная компания", "ск"), ("производственно коммерческая фирма", "пкф"),
        ("научно производственное объединение", "нпо"), ("научно производственное предприятие", "нпп"),
        ("частное охранное предприятие", "чоп"), ("частная охранная организация", "чоо"),
    )
)  # fmt: skip


@dataclass(frozen=True)
class FoldedName:
    """`form` is the legal form's code (ООО, ИП, LTD…) or None; `words` are Latin keys in the order written."""

    form: str | None
    words: tuple[str, ...]

    @property
    def key(self) -> str:
        """Return the words in alphabetical order: equal for names that differ only in what we fold away."""
        return " ".join(sorted(self.words))


def fold_name(name: str) -> FoldedName:
    """Fold a company's or a person's name; a name of nothing but signs has no words."""
    form, words = split_legal_form(name)
    keys = [key for word in words if (key := latin_key(word))]
    return FoldedName(form, tuple(_with_short_phrases(keys)))


def _with_short_phrases(words: list[str]) -> list[str]:
    """Shorten phrases; their words may stand apart («дом Гранит торговый»)."""
    for phrase, short in _PHRASES:
        if all(word in words for word in phrase):
            words = [short, *(word for word in words if word not in phrase)]
    return words
