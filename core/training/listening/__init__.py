"""Teaching the listening networks.

Pieces with exact labels, rendered through sound fonts, and two small training loops.

``python -m hitpoint.core.training.listening CORPORA -o FOLDER`` renders, trains, and writes weights and figures.
Nothing of the corpora or of the rendered sound is kept with the project.
"""
