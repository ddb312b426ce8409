"""Lets the command line run as `python -m kb.cli`."""

from kb.cli import main

if __name__ == "__main__":
    main()
