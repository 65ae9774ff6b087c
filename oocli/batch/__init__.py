"""Many calls from a file or a pipe: lines, workers, results, the journal of --resume."""
