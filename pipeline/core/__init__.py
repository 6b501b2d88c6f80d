"""Pure rules of the pipeline: no boto3, no clock, no environment."""
