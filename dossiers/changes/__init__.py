"""What an act changes inside the building: applied within its transaction, and able to refuse it."""
