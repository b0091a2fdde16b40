"""Frozen records that travel between the verbs. They import nothing of ours."""
