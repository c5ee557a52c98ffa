"""Requests to be called back, and calls for an officer from the hall: what a citizen does."""
