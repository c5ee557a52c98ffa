"""What officers do: sign in, see and move cases, renew codes, take over what a citizen began."""
