"""From an account to a registered petition: proposed window, an officer's help, corrections by staff."""
