"""What a message means: pure, knows no sentence of ours and changes nothing."""
