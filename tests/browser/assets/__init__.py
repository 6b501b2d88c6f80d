"""Pages for tests of the machinery below the product's own pages."""
