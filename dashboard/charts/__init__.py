"""Charts from a report's declaration and an answer's rows: plotly figures and their sentences. No streamlit."""
