"""The steps that handlers share: `submitting`, `watching`, `ending`.

Any step may be the last before a crash, and any may be repeated. Three habits make that harmless: a record is written
before its statement starts; every change of a record is one conditional write whose own answer says what it met; and
whoever ends a record also frees its place and writes the way from its statement to it.
"""
