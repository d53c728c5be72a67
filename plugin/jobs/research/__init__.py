"""Jobs for who measures, trains and learns: data sets, the fit to the picture, learnt styles."""
