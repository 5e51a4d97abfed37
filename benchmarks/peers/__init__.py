"""Times other people's released programs beside `fabula read`, each in an environment of its own."""
