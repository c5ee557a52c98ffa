"""From an account to a registered petition: its window, its help by an officer, what staff put right."""
