"""`make bench`: EduBot against a bare view, on one database, in one run."""
