"""One question = one function → a frozen table of plain values; renderers only draw it."""
