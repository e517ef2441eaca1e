"""Reports without days of their own: a period is replaced whole, never cut; a filtered report deletes nobody."""

import io

import pytest

from clientarium.core.ground import UserError
from clientarium.decisions.runs import ImportMode, receive_file, run_now, start_import, understand_file
from tests.core.intake.reports.samples import row
from tests.core.intake.reports.writers import Sheet, write_txt_report

from .company import facts


@pytest.fixture
def load(home, cast, tmp_path):
    """Send a report of two clients' sums for a period; the run that loaded it or failed."""
    known = {}

    def loaded(period, *, birch, cedar="5", filter_line="", **wishes):
        rows = [row("Продажи по клиентам"), row(f"Период: {period}"), row(f"Отбор: {filter_line}"), row()]
        rows += [row("Клиент", "Сумма"), row("Берёза", birch), row("Кедр", cedar)]
        path = write_txt_report(tmp_path / "report.txt", Sheet([*rows, row("Итого", str(int(birch) + int(cedar)))]))
        file = receive_file(io.BytesIO(path.read_bytes()), name="report.txt", by=cast.owner)
        layout = known.setdefault("layout", understand_file(file).layout() if not known else known["layout"])
        return run_now(start_import(file, layout=layout, source="1c", by=cast.owner, **wishes))

    return loaded


def test_same_period_sent_again_replaces_itself(load):
    load("01.01.2026 - 31.01.2026", birch="100")
    again = load("01.01.2026 - 31.01.2026", birch="120", cedar="7").imports.get()
    assert facts() == {("Берёза", None): "1.2E+2", ("Кедр", None): "7"}
    assert again.mode == ImportMode.REPLACE


def test_longer_period_replaces_what_it_covers(load):
    load("01.01.2026 - 31.01.2026", birch="100")
    load("01.12.2025 - 31.01.2026", birch="300")
    assert facts() == {("Берёза", None): "3E+2", ("Кедр", None): "5"}


def test_period_that_cuts_one_already_loaded_is_stopped(load):
    first = load("01.01.2026 - 31.01.2026", birch="100").imports.get()
    for period in ("15.01.2026 - 15.02.2026", "01.01.2026 - 15.01.2026"):
        with pytest.raises(UserError) as caught:
            load(period, birch="30")
        assert str(caught.value).startswith(
            f"The period of this report ({period.replace(' - ', '–')}) overlaps that of"
        )
        assert caught.value.message.params["number"] == first.pk
    assert facts() == {("Берёза", None): "1E+2", ("Кедр", None): "5"}


def test_filtered_report_does_not_delete_whom_the_filter_left_out(load):
    load("01.01.2026 - 31.01.2026", birch="100")
    with pytest.raises(UserError, match="This report was saved with a filter"):
        load("01.01.2026 - 31.01.2026", birch="120", filter_line="Менеджер Равно Иванова")
    assert facts() == {("Берёза", None): "1E+2", ("Кедр", None): "5"}


def test_person_may_choose_what_to_do_with_a_filtered_report(load):
    load("01.01.2026 - 31.01.2026", birch="100")
    load("01.01.2026 - 31.01.2026", birch="20", cedar="1", filter_line="Склад Равно Юг", mode=ImportMode.REPLACE)
    assert facts() == {("Берёза", None): "2E+1", ("Кедр", None): "1"}
