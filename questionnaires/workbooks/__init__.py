"""A questionnaire as a workbook: written with the answers so far, filled in offline, and read back without loss."""
