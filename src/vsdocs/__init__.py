"""vsdocs reads Personal Education Plans, grades them with reasons, and drafts the letters that follow."""

__version__ = "0.6.0"
