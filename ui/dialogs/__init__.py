"""The panel's dialogues: writing back, recovery and other questions, the sheet of shortcuts."""
