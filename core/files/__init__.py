"""Files that appear whole or not at all: outputs, locks, unfinished work, the user's folders."""
