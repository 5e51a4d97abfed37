"""`fabula` and `python -m fabula`: where the process begins."""

import gc
import sys

_OBJECTS = 100_000
"""How many more objects there must be before Python looks for rings among them."""


def main() -> None:
    """Run the command line; Ctrl-C while it is still being loaded ends as Ctrl-C later does."""
    # A novel is some hundred thousand records, none of which form rings: to look for such over and over takes time.
    gc.set_threshold(_OBJECTS, 20, 100)
    try:
        from fabula.cli import main as run

        run()
    except KeyboardInterrupt:
        sys.exit(130)


if __name__ == "__main__":
    main()
