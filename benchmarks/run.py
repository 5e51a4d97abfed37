"""All benchmarks, one after the other.

python -m benchmarks.run
"""

from __future__ import annotations

import sys

from benchmarks import quality, speed


def main() -> int:
    """Run the command; returns the first exit code that is not 0."""
    return quality.main([]) or speed.main([])


if __name__ == "__main__":
    sys.exit(main())
