"""`python -m vsdocs`, for laptops on which programs in user folders are blocked."""

from vsdocs.cli import main

if __name__ == "__main__":
    main()
