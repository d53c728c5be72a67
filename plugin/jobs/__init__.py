"""The jobs behind the commands and the window: score, reroll, conform, render, watch."""
