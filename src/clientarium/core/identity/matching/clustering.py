"""Pairs joined into clusters by the average evidence: one wrong pair does not chain two clients."""

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray
from scipy.cluster.hierarchy import fcluster, linkage
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from clientarium.core.identity.matching.prepared import Codes

# Distances of all pairs of a component are held at once: 2,000 records take 16 MB. A larger heap of records chained
# together is cut at a higher line first.
_MOST_TOGETHER = 2_000
_HIGHER = 0.5


def clusters(pairs: pa.Table, threshold: float) -> pa.Table:
    """Join records (average linkage); record_id, cluster_id (the smallest record of the cluster).

    Two clusters join while the mean probability over all pairs between them is at least `threshold`; a pair that is not
    in the table counts as 0. Records joined with none are not in the result.
    """
    records, places = np.unique(np.concatenate([pairs["a"].to_numpy(), pairs["b"].to_numpy()]), return_inverse=True)
    left, right = places[: pairs.num_rows], places[pairs.num_rows :]
    labels = _labels(left, right, pairs["probability"].to_numpy(), len(records), threshold)
    first = np.full(len(records), np.iinfo(np.int64).max)
    np.minimum.at(first, labels, records)
    joined = np.bincount(labels, minlength=len(records))[labels] > 1
    table = pa.table({"record_id": pa.array(records, pa.int64()), "cluster_id": pa.array(first[labels], pa.int64())})
    return table.filter(pa.array(joined)) if len(records) else table


def _labels(left: Codes, right: Codes, probability: NDArray[np.float64], count: int, threshold: float) -> Codes:
    labels = components(left, right, probability >= threshold, count)
    within = np.nonzero(labels[left] == labels[right])[0]
    within = within[np.argsort(labels[left[within]], kind="stable")]
    result = labels.copy()
    free = count
    for rows in np.split(within, np.nonzero(np.diff(labels[left[within]]))[0] + 1):
        members = np.unique(np.concatenate([left[rows], right[rows]]))
        if len(members) > 2:
            one, other = np.searchsorted(members, left[rows]), np.searchsorted(members, right[rows])
            found = _split(one, other, probability[rows], len(members), threshold)
            result[members] = free + found
            free += int(found.max()) + 1
    return np.unique(result, return_inverse=True)[1].astype(np.int64)


def _split(one: Codes, other: Codes, probability: NDArray[np.float64], count: int, threshold: float) -> Codes:
    if count > _MOST_TOGETHER:
        higher = threshold + _HIGHER * (1 - threshold)
        if 1 - higher < 1e-6:
            return components(one, other, probability >= 1.0, count)
        return _labels(one, other, probability, count, higher)
    distances = np.ones((count, count))
    distances[one, other] = distances[other, one] = 1 - probability
    tree = linkage(distances[np.triu_indices(count, 1)], "average")
    labels: Codes = fcluster(tree, 1 - threshold, "distance").astype(np.int64) - 1
    return labels


def components(left: Codes, right: Codes, is_joined: NDArray[np.bool_], count: int) -> Codes:
    """Return the label of each record's group, pairs that are joined in one."""
    graph = coo_array((np.ones(int(is_joined.sum())), (left[is_joined], right[is_joined])), shape=(count, count))
    labels: Codes = connected_components(graph, directed=False)[1].astype(np.int64)
    return labels
