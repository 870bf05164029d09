"""The instructor's side: build lessons, test their tests, grade a class."""
