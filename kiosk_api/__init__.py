"""The public door of the petition channel: rules, records, pages and JSON API."""
