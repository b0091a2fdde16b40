"""The journalists' page: one local server on 127.0.0.1, nothing of what it is given leaves the machine."""
