"""How facts are kept: canonical bytes, envelopes, keys, the append-only log and the writers' turn."""
