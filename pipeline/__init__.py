"""What is deployed to Lambda: handlers over steps, steps over ports, ports over pure core.

It imports neither dashboard nor infra.
"""
