"""One report per reader; each renders the plan and touches nothing."""
