"""A process that has imported everything once, and forks others on request."""
