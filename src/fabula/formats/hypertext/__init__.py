"""HTML and XHTML, wherever they turn up: scanned, laid out as a browser would, without the looks."""
