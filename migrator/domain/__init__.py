"""Hold the frozen types that every stage speaks in: no third-party import, no I/O."""
