"""The site's pages: `site_pages(index, deliverables)` gives them, each drawn when asked for.

One kind of page = one module here + one template in templates/site/generated/ + one line in `pages.KINDS`.
"""
