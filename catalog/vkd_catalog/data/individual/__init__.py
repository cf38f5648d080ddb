"""Figures from data on single units (docs/language.md section 12): `plan` says what a demand asks of which sentences,
`sets` finds the rows and columns that hold it, `linked` brings the rows of several sets together unit by unit,
`crossed` makes tables of them, and `given` what may be shown of these. `extract` gives the units themselves."""
