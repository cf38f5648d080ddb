"""What a client has open: documents as they stand, the catalogues they are read against, settings and findings."""
