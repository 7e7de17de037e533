"""Answers as Discord shows them: page sources, the pager, views, reactions, attribution, text safety."""
