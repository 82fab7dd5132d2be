"""What the bridge says when it cannot work."""


class Unavailable(ImportError):
    """tf.estimator cannot be had here; the message names what is missing and what to do."""
