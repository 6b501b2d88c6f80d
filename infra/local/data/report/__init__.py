"""`make data-report`: how near the trips in use are to the year 2015, as it was published and as real rows show it."""
