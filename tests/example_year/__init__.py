"""A made-up year 2024 on the real plan, marked 示例 everywhere: forms go out, come back, and are decided on.

`scenario/` says in YAML what units write, what goes wrong and what the office decides; the code beside it fills the
forms that `planbook forms` wrote and runs `planbook collect` on them. `python -m tests.example_year FOLDER` writes it.
"""
