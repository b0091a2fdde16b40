"""One file per format: reports go out as lines of JSON, as text for a terminal, as a picture, as frames."""
