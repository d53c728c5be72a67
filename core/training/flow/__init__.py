"""Teaching the curves of dynamics: conditional flow matching from the picture, on MuVi-Sync.

``python -m hitpoint.core.training.flow DATASET -o FOLDER`` reads, trains and measures; each step is kept and resumed.
"""
