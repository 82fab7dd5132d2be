"""The host side: what runs in the user's Python (3.10 or later) and never imports TensorFlow."""
