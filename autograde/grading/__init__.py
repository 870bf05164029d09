"""Grading: plan, execute, record; and what is told of it."""
