"""Letters: the feedback to a designated teacher, and the others that a virtual school sends."""
