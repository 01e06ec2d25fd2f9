"""One file per verb: the only place where the pure core meets the adapters."""
