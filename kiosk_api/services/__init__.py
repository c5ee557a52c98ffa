"""Use cases, one verb a file, one room a feature.

A room imports its own files and those of the rooms before it: base, handbook, cases, attachments,
petitions, chat, staff, terminal.
"""
