"""The only code that touches the world: files, git, the terminal, the network."""
