"""Training data: data sets, corpora, windows and batches."""
