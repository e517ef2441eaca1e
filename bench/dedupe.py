"""Finding duplicates without labels: labelled public sets, dirty Russian companies, a million cards.

    python -m bench dedupe            # a million cards and all
    python -m bench dedupe --small    # ten thousand cards instead of a million, one draw of companies instead of three

Labels are only counted against, never shown to the model, and no line is chosen by them.
"""

import csv
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from bench.report import Figure, measured, publish
from clientarium.core.identity import candidate_pairs, clusters, match_records, record_clusters
from tests.core.identity.dirty_companies import dirty_base

SETS = Path(__file__).parents[2] / "shared" / "data" / "dedupe"
FEBRL = {
    "given_name": "name", "surname": "name", "street_number": "number", "address_1": "address", "address_2": "address",
    "suburb": "text", "postcode": "number", "state": "text", "date_of_birth": "date", "soc_sec_id": "id",
}  # fmt: skip
CHICAGO = ["name", "address", "zip", "phone", "fax", "website", "email"]
# file, column of the truth, columns with roles (or only the columns: roles are guessed)
LABELLED: Mapping[str, tuple[str, str, Any]] = {
    "Chicago organisations": ("dedupeio_chicago_childcare_orgs.csv", "true_id", CHICAGO),
    "restaurants": ("restaurants_fodors_zagats.csv", "true_id", ["name", "address", "city", "cuisine"]),
    "FEBRL 1": ("febrl1.csv", "true_id", FEBRL),
    "FEBRL 2": ("febrl2.csv", "true_id", FEBRL),
    "FEBRL 3": ("febrl3.csv", "true_id", FEBRL),
    "splink fake 1000": ("splink_fake_1000.csv", "cluster", ["first_name", "surname", "dob", "city", "email"]),
}
# SCIENCE.md 4.2: best pair F1 and best F1 after components, thresholds tuned on the labels.
FLOORS = {
    "Chicago organisations": (0.904, 0.892), "restaurants": (0.904, 0.904), "FEBRL 1": (1.0, 1.0),
    "FEBRL 2": (0.996, 0.999), "FEBRL 3": (0.998, 1.0), "splink fake 1000": (0.889, 0.902),
}  # fmt: skip
MILLION = 1_000_000
_MATCH = 0.5
_CARDS_PER_COMPANY = 1.42


@dataclass(frozen=True)
class Found:
    precision: float
    recall: float

    @property
    def f1(self) -> float:
        return 2 * self.precision * self.recall / max(self.precision + self.recall, 1e-12)


def read(name: str) -> tuple[pa.Table, NDArray[np.int64], Any]:
    file, truth, fields = LABELLED[name]
    with (SETS / file).open(newline="", encoding="utf-8") as lines:
        rows = [{key: (cell or "").strip() or None for key, cell in row.items()} for row in csv.DictReader(lines)]
    owners = np.unique([str(row[truth]) for row in rows], return_inverse=True)[1].astype(np.int64)
    return pa.Table.from_pylist(rows).select(list(fields)), owners, fields


def pairs_within(labels: NDArray[np.int64]) -> int:
    sizes = np.unique(labels, return_counts=True)[1]
    return int((sizes * (sizes - 1) // 2).sum())


def of_clusters(labels: NDArray[np.int64], owners: NDArray[np.int64]) -> Found:
    right = pairs_within(labels * (owners.max() + 1) + owners)
    return Found(right / max(pairs_within(labels), 1), right / max(pairs_within(owners), 1))


def b_cubed(labels: NDArray[np.int64], owners: NDArray[np.int64]) -> Found:
    """Bagga and Baldwin (1998): per record, how much of its cluster is its owner's and the other way round."""
    both, shared = np.unique(np.stack([labels, owners]), axis=1, return_counts=True)
    in_cluster = np.bincount(np.unique(labels, return_inverse=True)[1])[np.searchsorted(np.unique(labels), both[0])]
    in_owner = np.bincount(owners)[both[1]]
    return Found(float((shared**2 / in_cluster).sum() / len(labels)), float((shared**2 / in_owner).sum() / len(labels)))


def judged(pairs: pa.Table, owners: NDArray[np.int64], labels: NDArray[np.int64]) -> dict[str, Any]:
    """Count pairs and clusters against the truth; silent merges are the pairs that joining all sure ones makes."""
    left, right = pairs["a"].to_numpy(), pairs["b"].to_numpy()
    is_match, every = owners[left] == owners[right], pairs_within(owners)
    likely, sure = pairs["probability"].to_numpy() >= _MATCH, pairs["sure"].to_numpy(zero_copy_only=False)
    joined = np.arange(len(owners))
    silent = clusters(
        pairs.filter(pa.array(sure)).set_column(2, "probability", pa.array(np.ones(int(sure.sum())))), 1e-9
    )
    joined[silent["record_id"].to_numpy()] = silent["cluster_id"].to_numpy()
    by_pairs = Found(is_match[likely].mean() if likely.any() else 1.0, is_match[likely].sum() / every)
    found = {"pairs": by_pairs, "clusters": of_clusters(labels, owners), "b_cubed": b_cubed(labels, owners)}
    merged = of_clusters(joined, owners)
    return {
        **{
            f"{name} {what}": round(float(getattr(one, what)), 4)
            for name, one in found.items()
            for what in ("precision", "recall", "f1")
        },
        "true pairs": every, "recall with the queue": round(is_match.sum() / every, 4),
        "shown per true merge": round(float(likely.sum() / max(is_match[likely].sum(), 1)), 3),
        "given per true pair": round(len(left) / every, 3),
        "sure pairs": int(sure.sum()), "sure wrong": int((sure & ~is_match).sum()),
        "sure precision": round(float(is_match[sure].mean()) if sure.any() else 1.0, 5),
        "silent merges precision": round(merged.precision, 5), "silent merges recall": round(merged.recall, 4),
    }  # fmt: skip


def labelled(name: str) -> dict[str, Any]:
    table, owners, fields = read(name)
    began = time.perf_counter()
    pairs = match_records(table, fields)
    seconds = time.perf_counter() - began
    found = judged(pairs, owners, record_clusters(pairs, table.num_rows))
    floor = FLOORS[name]
    note = f"F1 pairs {found['pairs f1']:.4f} (floor {floor[0]}), clusters {found['clusters f1']:.4f} ({floor[1]}), "
    note += f"B³ {found['b_cubed f1']:.4f}, sure {found['sure precision']:.4f}"
    return {"seconds": seconds, "note": note, **found, "floor pairs": floor[0], "floor clusters": floor[1]}


def companies(count: int, seed: int) -> dict[str, Any]:
    cards, owner_list = dirty_base(count, seed=seed)
    owners = np.array(owner_list, np.int64)
    began, processor = time.perf_counter(), time.process_time()
    pairs = candidate_pairs(cards)
    seconds, spent = time.perf_counter() - began, time.process_time() - processor
    found = judged(pairs, owners, record_clusters(pairs, cards.num_rows))
    note = f"{cards.num_rows} cards; silent merges P {found['silent merges precision']:.5f} "
    note += f"R {found['silent merges recall']:.4f}, with the queue R {found['recall with the queue']:.4f}; "
    note += f"processor {spent:.0f} s"
    return {"seconds": seconds, "note": note, "processor seconds": round(spent, 1), "cards": cards.num_rows, **found}


def bench(folder: Path, *, small: bool = False) -> None:  # noqa: ARG001 -- every bench is called alike; nothing is kept
    figures: list[Figure] = [measured(name, labelled, name) for name in LABELLED]
    for seed in (4,) if small else (4, 5, 6):
        figures.append(measured(f"dirty companies, draw {seed}", companies, 10_000, seed))
    publish_quality(figures)
    count = int((10_000 if small else MILLION) / _CARDS_PER_COMPANY)
    million = measured("a million cards" if not small else "ten thousand cards", companies, count, 7)
    publish(
        "dedupe at scale small" if small else "dedupe at scale",
        [million],
        ratios={"minutes": million.seconds / 60},
        limits={"minutes": 5.0},
    )


def publish_quality(figures: list[Figure]) -> None:
    ratios = {figure.name: figure.details["pairs f1"] for figure in figures}
    limits = {name: floor[0] for name, floor in FLOORS.items()}
    publish("dedupe", figures, ratios=ratios, limits=limits)
