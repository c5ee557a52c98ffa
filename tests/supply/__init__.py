"""What the programs are made of: pins, licences, the bill of materials, waivers."""
