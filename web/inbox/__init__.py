"""What waits for whoever is signed in: notifications, and publications that have to be read."""
