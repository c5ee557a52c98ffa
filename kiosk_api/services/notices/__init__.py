"""Word to a petitioner at home when something happens: what is to be told, by which way, and whether it arrived."""
