"""The Affective Multimodal Transformer and the biGRU regressor of Video2Music, and how they are decoded."""
