"""The networks: the Affective Multimodal Transformer, its successor with memory, and the regressors."""
