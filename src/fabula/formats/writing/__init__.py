"""How formats write a telling: text, marks and anchors, piece by piece or block by block."""
