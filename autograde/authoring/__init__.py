"""Making lessons: building, linting, testing the tests, and the sample class."""
