"""The benchmark: the real app against hand-written bare pages with the same rows, in one interleaved run."""
