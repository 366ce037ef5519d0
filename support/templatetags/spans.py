"""Spans of time in templates."""

from django import template

from support.reports.spread import in_words

register = template.Library()
register.filter("minutes", in_words)
