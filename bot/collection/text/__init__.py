"""Words of texts and queries: how they are cut, their base forms, and what a query asks for."""
