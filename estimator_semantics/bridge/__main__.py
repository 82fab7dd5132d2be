"""``python -m estimator_semantics.bridge script.py args...`` runs an unmodified script with tf.estimator in its place."""

import sys

from estimator_semantics.bridge import Unavailable

USAGE = """usage: python -m estimator_semantics.bridge [--legacy-keras] script.py [argument ...]
       python -m estimator_semantics.bridge [--legacy-keras] -m module [argument ...]
       python -m estimator_semantics.bridge --doctor

Runs a script or module that uses tf.estimator on a TensorFlow that removed it (2.16 and later).

  --legacy-keras  tf.keras is Keras 2, for scripts that hand its optimizers to estimators or use tf.compat.v1.layers
  --doctor        say what this environment has, what is missing, and the pip command that mends it
"""


def main() -> None:
    """Read the command line and do what it says."""
    arguments = sys.argv[1:]
    legacy = arguments[:1] == ["--legacy-keras"]
    if legacy:
        del arguments[0]
    first = arguments[0] if arguments else ""
    if first in ("-h", "--help"):
        print(USAGE, end="")
    elif first == "--doctor" and not legacy and len(arguments) == 1:
        from estimator_semantics.bridge import doctor

        sys.exit(doctor.examine(sys.stdout))
    elif not first or (first == "-m" and len(arguments) == 1):
        _refuse("name a script, or -m and a module")
    elif first.startswith("-") and first != "-m":
        _refuse("there is no option {}, or not here; options come before the script".format(first))
    else:
        from estimator_semantics.bridge import script

        try:
            script.prepare(legacy)
        except Unavailable as error:
            _refuse(str(error))
        if first == "-m":
            script.run_module(arguments[1], arguments[1:])
        else:
            script.run_file(first, arguments)


def _refuse(why: str) -> None:
    sys.stderr.write("python -m estimator_semantics.bridge: {}\n".format(why))
    sys.exit(2)


if __name__ == "__main__":
    main()
