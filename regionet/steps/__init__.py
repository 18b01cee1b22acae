"""What commands share: open a study, analyse it, label and write the results."""
