"""The site's pages: `site_pages(book, deliverables)` gives them, each drawn from the book when asked for.

One kind of page = one module here + one template in templates/site/generated/ + one line in `pages.KINDS`.
"""
