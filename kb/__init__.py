"""Core library of the knowledge base: content, answers and search. Knows no web framework."""
