"""Stands in for setuptools while pip downloads an archive, so that pip runs nothing out of it."""
