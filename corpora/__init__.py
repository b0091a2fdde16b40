"""Pages and gold written for this project."""
