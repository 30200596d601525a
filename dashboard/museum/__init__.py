"""What goes wrong in training: measured diagnoses of a run, and a museum of broken ones."""
