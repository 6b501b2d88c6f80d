"""What a business user sees: the Streamlit dashboard. Of the pipeline it knows only pipeline.core."""
