"""Attacks on the service from outside."""
