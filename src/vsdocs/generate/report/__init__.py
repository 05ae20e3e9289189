"""What the virtual school head reports: the annual report, the figures of each audience, and who stands behind a figure."""
