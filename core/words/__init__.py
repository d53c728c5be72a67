"""What a sentence about music asks for: words become controls that are shown and can be changed."""
