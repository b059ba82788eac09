"""The firm and its choices: name, country, city, language, limits."""
