"""Forms of the frame's own pages: one's appearance."""

from django import forms

from clientarium.decisions.people import User


class AppearanceForm(forms.ModelForm):
    """Language, theme and row height. A missing field keeps its value: the menu sends one at a time."""

    class Meta:
        model = User
        fields = ("language", "theme", "density")

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        for name in self.fields:
            self.fields[name].required = False

    def clean(self) -> dict[str, str]:
        """What was not sent stays as it is."""
        sent = super().clean()
        return {name: sent.get(name) or getattr(self.instance, name) for name in self.fields}
