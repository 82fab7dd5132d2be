"""Where legacy code looks for tf.estimator."""

import sys
import types
from typing import Any

from estimator_semantics.bridge import import_hook, package


class _Namespace(types.ModuleType):
    """tf.estimator, loaded when it is first used, as TensorFlow's own was."""

    def __init__(self, name: str, parent: Any, api: str) -> None:
        super().__init__(name)
        self.__dict__.update(_parent=parent, _api=api)

    def __getattr__(self, name):
        # Who walks through all modules, as the module inspect does, must not load it.
        if name.startswith("__") and name not in ("__path__", "__all__"):
            raise AttributeError(name)
        namespace = package.load(self.__dict__["_api"])
        self.__dict__["_parent"].estimator = namespace
        sys.modules[self.__name__] = namespace
        return getattr(namespace, name)

    def __dir__(self):
        return dir(package.load(self.__dict__["_api"]))


def when_imported() -> None:
    """Put tf.estimator in its places as soon as TensorFlow is imported, or now if it is."""
    package.show()
    # "import tensorflow.compat.v1" makes the module anew, beside the one that "import tensorflow" made.
    for name in ("tensorflow", "tensorflow.compat.v1", "tensorflow.compat.v2"):
        import_hook.when_imported(name, _place)


def _place(module: Any) -> None:
    if not package.prepare():
        return
    from estimator_semantics.bridge import keras_loaders, legacy_keras

    if module.__name__ == "tensorflow":  # noqa: SIM108 (a change of the code would make bridged records stale)
        places = [module, module.compat.v1, module.compat.v2]
    else:
        places = [module]
    for place in places:
        keras_loaders.make_ready(place)
        if hasattr(place, "estimator"):
            continue
        name = place.__name__.replace("_api.v2.", "") + ".estimator"
        api = "v1" if ".v1." in name else "v2"
        sys.modules[name] = place.estimator = _Namespace(name, place, api)
        if api == "v1":
            legacy_keras.refuse_what_keras_3_lacks(place)
