"""Use cases of officers: sign in, view and change cases, renew codes, take over unfinished petitions."""
