"""The pages of accounts and teams."""
