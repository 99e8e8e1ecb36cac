"""The questions of practice: new exercises, sheets, tables, nudges, and grading."""
