"""The verbs: fetch, parse, split, extract, relate, validate, audit, export; ``run`` chains them."""
