"""How a Word template becomes a finished letter: its blank, its placeholders, the values that fill them."""
