"""A large file is streamed: the child's memory does not grow with it, and stays under a gigabyte (CHECKS 13)."""

import json
import os
import subprocess
import sys

import pytest

from .tables import TODAY

MEBIBYTE = 1024 * 1024
SCRIPT = """
import dataclasses, datetime, json, pathlib, resource, sys
from clientarium.core.intake import inspect_file, stage_file
path = pathlib.Path(sys.argv[1]); today = datetime.date.fromisoformat(sys.argv[2])
layout = inspect_file(path, name=path.name, today=today).layout()
staged = stage_file(path, name=path.name, layout=layout, out_dir=path.parent / (path.name + ".out"), today=today, currency="RUB")
print(json.dumps([staged.accepted, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1024]))
"""


def peak_of(path, rows):
    days = [f"{day:02d}.03.2025" for day in range(1, 29)]
    with path.open("w", encoding="cp1251") as file:
        file.write("Дата;Документ;Клиент;Номенклатура;Количество;Сумма;Себестоимость\n")
        for row in range(rows):
            file.write(
                f"{days[row % 28]};Р-{row // 4};Клиент {row % 5000};Товар {row % 700};{row % 9 + 1};{row % 99991},50;{row % 777},25\n"
            )
    found = subprocess.run(
        [sys.executable, "-c", SCRIPT, str(path), TODAY.isoformat()], capture_output=True, text=True, check=True
    )
    return json.loads(found.stdout)


@pytest.mark.slow
@pytest.mark.reliability
def test_memory_does_not_grow_with_the_file(tmp_path):
    rows = int(os.environ.get("CLIENTARIUM_TEST_ROWS", "1000000"))
    few, small = peak_of(tmp_path / "small.csv", rows // 4)
    many, large = peak_of(tmp_path / "large.csv", rows)
    assert (few, many) == (rows // 4, rows)
    assert large < 1024 * MEBIBYTE
    # The pool of the engine fills up once; four times the rows may not cost a hundred megabytes more than that.
    assert large - small < 300 * MEBIBYTE
