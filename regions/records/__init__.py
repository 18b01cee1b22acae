"""Records to links, as users ask for them: of a study, of a file of any size, of a database."""
