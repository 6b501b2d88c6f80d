"""One adapter per port: the only files that name a boto3 client."""
