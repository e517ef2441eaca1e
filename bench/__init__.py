"""Side-by-side benchmarks: the program beside a peer, in one run, on one machine; ratios are what counts."""
