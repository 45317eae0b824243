"""How long records are kept, who says so, and the proof. Reads decisions; decisions knows nothing of it."""
