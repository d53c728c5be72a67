"""Training of the melody network on POP909: the songs, the network, the recipe and what it is measured against."""
