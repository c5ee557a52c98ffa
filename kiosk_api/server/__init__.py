"""The HTTP server around the application: buffering, deadlines, caps, lanes, graceful shutdown."""
