"""What a virtual school reports: papers for its own team and for those it answers to."""
