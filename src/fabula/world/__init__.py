"""Chapter 6, WORLD: who does what to whom."""

from fabula.world.roles import find_roles

__all__ = ["find_roles"]
