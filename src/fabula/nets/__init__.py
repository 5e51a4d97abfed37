"""The network at run time: words in, tags, arcs, spans, events and links out. The only user of ONNX Runtime."""
