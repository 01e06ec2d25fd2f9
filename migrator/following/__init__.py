"""Follow a value through a project: names, imports, members, calls."""
