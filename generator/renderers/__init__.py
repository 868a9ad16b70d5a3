"""One deliverable = one module here + one line in `deliverables.DELIVERABLES`."""
