"""What a recruiter can do: one short verb each, in a file for each noun."""
