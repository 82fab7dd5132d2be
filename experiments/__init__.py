"""One module per question. Each is a claim, a plan, and the few lines of TensorFlow that put the claim to the test."""
