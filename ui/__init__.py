"""The panel: what the editor sees. Imports ``core`` only; nothing is here yet but this chapter."""
