"""紧急停用: what is not to be used, and the two who give it back."""
