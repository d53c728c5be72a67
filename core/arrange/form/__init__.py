"""The time of a score: bars, phrases, sections of dynamics, hits, and the lead sheet that is read off them."""
