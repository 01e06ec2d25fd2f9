"""Answer "why": one file per thing that can be asked about, each giving the rows of a screen."""
