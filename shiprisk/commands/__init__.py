"""What the commands do; each returns the exit code of the process."""
