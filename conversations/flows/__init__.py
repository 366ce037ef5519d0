"""One module per flow. A flow's functions take a Turn and return a Step, nothing else."""
