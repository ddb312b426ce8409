"""Search: understanding, ranking, quoting and explaining, with interchangeable engines."""
