"""Causes that changes of several experiments share. Each is the heading of these changes."""

KERAS_3 = "Since TensorFlow 2.16, tf.keras is Keras 3"
KERAS_3_7 = "Since Keras 3.7, fit counts the batches of data whose size it knows"
KERAS_2_2 = "Since TensorFlow 2.2, fit uses one training loop for arrays, Datasets and generators"
ONE_TRAIN = "Since TensorFlow 1.10, train_and_evaluate calls train once"
FIRST_CHECKPOINT = "Since TensorFlow 1.9, the first checkpoint is saved before the first step"
SHUFFLE_AND_REPEAT = "TensorFlow 1.13 fuses shuffle and repeat into one operation"
