"""The story behind its tellings: events merged, their order, who took part, who may know."""
