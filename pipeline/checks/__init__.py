"""Rooms, one identity each, found by looking."""
