"""`python -m generator` is the command `planbook`."""

from generator.cli import main

main()
