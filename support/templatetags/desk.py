"""Times in the desk's templates, which the page keeps moving, and numbers as one may see them."""

from django import template

from support import phones
from support.desk import spans

register = template.Library()
register.filter("ago", spans.since)
register.filter("ahead", spans.until)
register.filter("number_for", phones.shown)
