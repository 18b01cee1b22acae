"""What the commands about gaps share: the question asked, registers, border prices, what closes."""
