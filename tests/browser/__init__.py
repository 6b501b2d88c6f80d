"""The product in a real headless Chromium."""
