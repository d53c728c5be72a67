"""The machine: cores, memory, parallel work."""
