"""Pictures of papers: bundles before registration, uploads from a phone, pictures of a case."""
