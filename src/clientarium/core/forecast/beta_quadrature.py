"""Gauss quadrature over a Beta distribution: means over the unknown chance to leave, exact for polynomials.

Golub & Welsch (1969), Calculation of Gauss quadrature rules: the nodes are the eigenvalues of the symmetric
tridiagonal matrix of the Jacobi polynomials' recurrence, the weights the squared first components of its eigenvectors.
"""

import numpy as np

from clientarium.core.forecast.statistics import Numbers

SMALLEST_NODE = 1e-14


def beta_nodes(a: float, b: Numbers, *, nodes: int) -> tuple[Numbers, Numbers]:
    """Nodes in (0, 1) and weights (sum 1) of Beta(a, b_i) for each i: float64[b.size, nodes] both."""
    # Jacobi polynomials on [-1, 1] with the exponents b - 1 and a - 1; p = (1 + y)/2.
    low, high = b - 1, np.full_like(b, a - 1)
    total = low + high
    matrix = np.zeros((b.size, nodes, nodes))
    matrix[:, 0, 0] = (high - low) / (total + 2)
    for n in range(1, nodes):
        twice = 2 * n + total
        matrix[:, n, n] = (high**2 - low**2) / (twice * (twice + 2))
        if n == 1:
            square = 4 * (1 + low) * (1 + high) / (twice**2 * (twice + 1))
        else:
            square = 4 * n * (n + low) * (n + high) * (n + total) / (twice**2 * (twice + 1) * (twice - 1))
        matrix[:, n, n - 1] = matrix[:, n - 1, n] = np.sqrt(square)
    roots, vectors = np.linalg.eigh(matrix)
    return np.clip((1 + roots) / 2, SMALLEST_NODE, 1 - SMALLEST_NODE), np.asarray(vectors[:, 0, :] ** 2)
