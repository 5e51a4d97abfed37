"""What holds for all tests."""

from hypothesis import settings

# How long an example takes says more of the machine than of the code: the first one imports what it needs.
settings.register_profile("fabula", deadline=None)
settings.load_profile("fabula")
