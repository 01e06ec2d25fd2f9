"""One compatibility rule per file, each exporting RULE."""
