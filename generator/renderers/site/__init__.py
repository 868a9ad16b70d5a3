"""The site's pages: `render_pages(book, deliverables)` is a pure function from the book to page sources.

One kind of page = one module here + one template in templates/site/generated/ + one line in `pages.KINDS`.
"""
