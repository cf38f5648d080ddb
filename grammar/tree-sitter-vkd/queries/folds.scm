(description) @fold
