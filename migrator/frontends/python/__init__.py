"""Read and edit Python."""
