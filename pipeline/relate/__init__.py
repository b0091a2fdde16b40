"""Figures → statements: what each number measures, of what, when; and the ledger that finds operands."""

from .statements import figures, statements

__all__ = ["figures", "statements"]
