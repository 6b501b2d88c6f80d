"""The CloudFormation template, its package, and the local stand-in for AWS."""
