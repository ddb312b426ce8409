"""The pages that people read: server-rendered, useful without JavaScript."""
