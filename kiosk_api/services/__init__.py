"""Use cases: one package per feature, one file per use case.

A package imports its own files and those of the packages before it: base, handbook, cases, notices,
attachments, petitions, chat, staff, terminal.
"""
