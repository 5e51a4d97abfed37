"""`fabula` and `python -m fabula`: where the process begins."""

import sys


def main() -> None:
    """Run the command line; Ctrl-C while it is still being loaded ends as Ctrl-C later does."""
    try:
        from fabula.cli import main as run

        run()
    except KeyboardInterrupt:
        sys.exit(130)


if __name__ == "__main__":
    main()
