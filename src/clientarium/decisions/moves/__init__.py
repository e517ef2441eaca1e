"""Redistribution: drafts, what they change, approval, undo, hand-over sheets."""
