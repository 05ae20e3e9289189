"""Meetings: the agenda before one, the notes form for it, and the actions that its notes bring back."""
