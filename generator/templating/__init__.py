"""Templates that an office restyles: what they may ask for, what is wrong with them, fresh copies."""
