"""What is kept of each message: opened, judged, drawn, stored."""
