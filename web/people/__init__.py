"""The pages on which administrators keep accounts and teams."""
