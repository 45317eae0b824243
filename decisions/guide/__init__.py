"""The web face of the engine: one question a page, then the recommendation and the person's decision."""
