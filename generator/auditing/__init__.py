"""Whether a Word paper keeps to what GB/T 9704 and the office ask of it."""
