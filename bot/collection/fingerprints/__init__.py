"""What the index knows of a picture's looks: hashes, points, colours."""
