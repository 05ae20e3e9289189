"""The cohort: who is on the virtual school's roll, which PEP is whose, what is due, and what the figures are."""
