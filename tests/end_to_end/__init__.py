"""What the product promises its users, line by line, in a real browser: each test has the words of its line."""
