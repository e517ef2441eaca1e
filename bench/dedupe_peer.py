"""Splink 5 on the labelled sets, as its tutorials set it up: beside `bench/dedupe.py`.

    python bench/dedupe_peer.py

Names and addresses by Jaro-Winkler with term frequencies, phones, dates and numbers by edit distance, u from random
pairs, m by EM under two blocking rules, the prior from its deterministic rule; threshold 0.5, connected components.
"""

import time
from typing import Any

import numpy as np
import pyarrow as pa
import splink.comparison_library as cl
from splink import DuckDBAPI, Linker, SettingsCreator, block_on

from bench.dedupe import Found, b_cubed, of_clusters, pairs_within, read

BLOCKS = {
    "Chicago organisations": (["substr(address, 1, 6)"], ["phone"], ["substr(name, 1, 8)"]),
    "restaurants": (["substr(name, 1, 4)"], ["substr(address, 1, 5)"]),
    "FEBRL 3": (["soc_sec_id"], ["date_of_birth"], ["surname", "postcode"], ["given_name", "surname"]),
}


def comparison(column: str) -> Any:
    if column in ("name", "address", "address_1", "address_2", "given_name", "surname", "suburb", "city"):
        return cl.JaroWinklerAtThresholds(column, [0.95, 0.88, 0.7]).configure(term_frequency_adjustments=True)
    if column in ("cuisine", "state", "website"):
        return cl.ExactMatch(column)
    return cl.LevenshteinAtThresholds(column, [1, 2])


def splink_pairs(table: pa.Table, columns: list[str], blocks: tuple[list[str], ...]) -> list[dict[str, Any]]:
    table = pa.table(
        {
            "unique_id": np.arange(table.num_rows),
            **{name: [_low(c) for c in table[name].to_pylist()] for name in columns},
        }
    )
    settings = SettingsCreator(
        link_type="dedupe_only",
        comparisons=[comparison(column) for column in columns],
        blocking_rules_to_generate_predictions=[block_on(*rule) for rule in blocks],
    )
    linker = Linker(DuckDBAPI().register(table), settings)
    linker.training.estimate_u_using_random_sampling(max_pairs=1e6)
    for rule in blocks[:2]:
        linker.training.estimate_parameters_using_expectation_maximisation(block_on(*rule))
    linker.training.estimate_probability_two_random_records_match([block_on(*rule) for rule in blocks[:1]], recall=0.8)
    return linker.inference.predict(threshold_match_probability=0.5).as_record_list()


def _low(cell: str | None) -> str | None:
    return " ".join(cell.casefold().split()) if cell else None


def main() -> None:
    for name, blocks in BLOCKS.items():
        table, owners, fields = read(name)
        columns = [c for c in fields if c not in ("fax",)]
        began = time.perf_counter()
        rows = splink_pairs(table, columns, blocks)
        seconds = time.perf_counter() - began
        left, right = (np.array([row[key] for row in rows], np.int64) for key in ("unique_id_l", "unique_id_r"))
        labels = _components(left, right, len(owners))
        match = owners[left] == owners[right]
        by_pairs = Found(float(match.mean()), match.sum() / pairs_within(owners))
        quality = f"pairs P {by_pairs.precision:.4f} R {by_pairs.recall:.4f} F1 {by_pairs.f1:.4f}, "
        quality += f"clusters F1 {of_clusters(labels, owners).f1:.4f}, B³ {b_cubed(labels, owners).f1:.4f}"
        print(f"{name}: {quality}, {seconds:.1f} s")


def _components(left: Any, right: Any, count: int) -> Any:
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import connected_components

    return connected_components(coo_array((np.ones(len(left)), (left, right)), shape=(count, count)), directed=False)[
        1
    ].astype(np.int64)


if __name__ == "__main__":
    main()
