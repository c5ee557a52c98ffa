"""How long it takes from the end of a visit to an empty screen."""
