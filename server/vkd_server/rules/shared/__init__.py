"""What rules share, and features that edit as their fixes do. It knows no rule by its code."""
