"""One part: from notes to events, and the synthesizers that sound them."""
