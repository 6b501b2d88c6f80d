"""One short file per Lambda function."""
