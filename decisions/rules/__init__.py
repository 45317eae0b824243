"""The rule set as IG leads read it: every edition in plain sentences, with its proof."""
