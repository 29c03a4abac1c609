"""Case endings of names: what a form in running text may be a form of."""

from __future__ import annotations


def stems(form: str) -> tuple[str, ...]:
    """The form and the stems that known case endings leave."""
    return (form,)
