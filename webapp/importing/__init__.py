"""Import: a file of unknown origin becomes people and notes, row by row, and can be taken back as a whole.

bytes → `reading` (text in bounded lines) → `sources` (rows of cells, whatever the format) → `records` (a person and
notes) → `matching` (new, here already, perhaps) → `sheet` (what the preview shows) → `committing`, `undoing`.
"""
