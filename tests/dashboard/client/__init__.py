"""Specifications of the client: the pure core in virtual time, the thread and REST over real sockets."""
