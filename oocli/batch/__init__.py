"""Many calls from a file or a pipe: lines, workers, results, and the journal."""
