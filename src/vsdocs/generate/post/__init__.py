"""Ways out of a finished document: a draft of an e-mail, a calendar entry, plain text to paste."""
