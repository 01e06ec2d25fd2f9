"""The pure stages of a plan, one file or package each; they do not import each other."""
