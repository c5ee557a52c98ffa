"""Messengers against small real servers that behave as the platforms are documented to."""
