"""The dashboard's half of the conversation with the pipeline: socket, REST, and the state that pages read."""
