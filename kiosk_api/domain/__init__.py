"""What the law and the office say: pure rules, standard library only."""
