"""The stand-in's API Gateway: a WebSocket API, its @connections, and a REST API, on one port."""
