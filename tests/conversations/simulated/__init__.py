"""Simulated citizens: invented cases, told in many voices by people who do not answer in order."""
