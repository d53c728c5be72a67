"""The window without widgets: what it shows, and what each action does."""
