"""The dashboard: figures of a period as charts and tables, and the tables as files."""
