"""What is left when workers and web processes are killed at random in the middle of batches: nothing lost, nothing twice."""
