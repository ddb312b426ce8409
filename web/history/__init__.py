"""What was published before: who changed it, how it differs, what the desk showed, the way back."""
