"""The session behind each message: opened, judged, drawn, stored."""
