"""A description and a table, compared fact by fact."""

from __future__ import annotations

import description_facts
import table_facts
from description import Schema
from table import Table


def differences(document: Schema, one: Table) -> list[str]:
    """What the description says and the table does not, and the other way round."""
    said, held = description_facts.facts(document), table_facts.facts(one)
    return [
        *(f"the description alone: {' '.join(fact)}" for fact in sorted(said - held)),
        *(f"the table alone: {' '.join(fact)}" for fact in sorted(held - said)),
    ]
