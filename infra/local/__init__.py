"""The embedded stand-in for AWS: runs the handlers of pipeline, wired by infra/template.yaml."""
