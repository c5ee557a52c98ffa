"""Pictures of papers, from the first one taken to the case that they are added to."""
