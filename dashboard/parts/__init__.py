"""The pieces of the pages: each draws one thing with streamlit. Words and figures come from pure modules."""
