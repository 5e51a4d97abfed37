"""The steps from nothing to the tables of today: one module each, with the SQL that makes it."""
