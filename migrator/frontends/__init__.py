"""One language family per file or package, each exporting FRONT_END."""
