"""Pairs joined into clusters."""

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components


def clusters(pairs: pa.Table, threshold: float) -> pa.Table:
    """Join pairs of at least `threshold` probability; record_id, cluster_id (the smallest record of the cluster).

    Records without such a pair are not in the table.
    """
    chosen = pairs.filter(pc.greater_equal(pairs["probability"], threshold))
    ends = np.concatenate([chosen["a"].to_numpy(), chosen["b"].to_numpy()])
    records, places = np.unique(ends, return_inverse=True)
    half = len(places) // 2
    graph = coo_array((np.ones(half), (places[:half], places[half:])), shape=(len(records), len(records)))
    _, labels = connected_components(graph, directed=False)
    first = np.full(labels.max() + 1 if len(labels) else 0, np.iinfo(np.int64).max)
    np.minimum.at(first, labels, records)
    return pa.table({"record_id": pa.array(records, pa.int64()), "cluster_id": pa.array(first[labels], pa.int64())})
