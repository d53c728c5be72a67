"""Jobs that hand over what is composed already: rendered again, or in other formats."""
