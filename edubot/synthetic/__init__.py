"""A synthetic student, who walks the main journey against a running EduBot after each deploy."""
