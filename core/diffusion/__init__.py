"""Sound through a local audio model, as an optional last coat: aligned to the sample, beside the original."""
