"""Python as it is on another operating system: without the modules and functions that only Linux has, or only Unix.

To be run first in a process: ``python other_systems.py Windows explain --examples 10`` is the command on that system, and
``python other_systems.py Windows pytest tests/test_law.py`` runs tests there. Names of
files and line ends stay those of the system that this runs on; ``Linux`` takes nothing away.
"""

import importlib.abc
import os
import platform
import signal
import sys
import time

SYSTEMS = ("Darwin", "Windows")
ABSENT = {
    "Linux": {"modules": (), "os": (), "signal": (), "time": ()},
    "Darwin": {
        "modules": ("spwd", "nis", "ossaudiodev"),
        "os": (
            *("sched_getaffinity", "sched_setaffinity", "memfd_create", "eventfd", "splice", "getxattr", "setxattr"),
            *("pidfd_open", "posix_fadvise", "posix_fallocate", "copy_file_range", "getrandom", "sched_getscheduler"),
        ),
        "signal": ("SIGPWR", "SIGSTKFLT", "SIGRTMIN", "SIGRTMAX", "SIGPOLL", "sigwaitinfo", "sigtimedwait"),
        "time": (),
    },
}
ABSENT["Windows"] = {
    "modules": (
        *ABSENT["Darwin"]["modules"],
        *("fcntl", "grp", "pty", "pwd", "resource", "syslog", "termios", "tty", "crypt", "readline", "curses"),
    ),
    "os": (
        *ABSENT["Darwin"]["os"],
        *("fork", "forkpty", "killpg", "setsid", "setpgid", "getpgid", "getpgrp", "getuid", "geteuid", "getgid"),
        *("getegid", "getgroups", "statvfs", "fstatvfs", "mkfifo", "mknod", "chown", "lchown", "nice", "sysconf"),
        *(
            "wait",
            "wait3",
            "wait4",
            "uname",
            "openpty",
            "ttyname",
            "getloadavg",
            "pread",
            "pwrite",
            "sync",
            "fdatasync",
        ),
    ),
    "signal": (
        *ABSENT["Darwin"]["signal"],
        *("SIGKILL", "SIGHUP", "SIGALRM", "SIGUSR1", "SIGUSR2", "SIGCHLD", "SIGPIPE", "SIGQUIT", "SIGSTOP", "SIGCONT"),
        *("SIGTSTP", "SIGWINCH", "SIGXCPU", "alarm", "setitimer", "pause", "pthread_kill", "pthread_sigmask"),
    ),
    "time": ("tzset", "clock_settime", "pthread_getcpuclockid"),
}
# What no other system has in its file system.
FOLDERS = ("/proc", "/dev", "/sys", "/run")


class _Absent(importlib.abc.MetaPathFinder):
    def __init__(self, modules):
        self._modules = modules

    def find_spec(self, name, path=None, target=None):
        if name in self._modules:
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)


def _symlink(*_, **__):
    raise OSError(22, "a required privilege is not held by the client")


def _refuse(event, arguments):
    looks = event in ("open", "os.listdir", "os.scandir")
    if looks and str(arguments[0]).startswith(FOLDERS) and arguments[0] != os.devnull:
        raise FileNotFoundError(2, "no such file here", str(arguments[0]))


def become(system: str) -> None:
    """Take away from this process what a system does not have, and give it the system's name."""
    absent = ABSENT[system]
    platform.uname()  # it asks the functions that are taken away
    for name in absent["modules"]:
        sys.modules.pop(name, None)
    sys.meta_path.insert(0, _Absent(absent["modules"]))
    for module in (os, signal, time):
        for name in absent[module.__name__]:
            if hasattr(module, name):
                delattr(module, name)
    if system == "Windows":
        os.symlink = _symlink
    if system != "Linux":
        sys.addaudithook(_refuse)
    platform.system = lambda: system


if __name__ == "__main__":
    asked, *sys.argv = [sys.argv[1], *sys.argv[2:]]
    become(asked)
    if sys.argv[0] == "pytest":
        import pytest

        sys.exit(pytest.main(sys.argv[1:]))
    sys.argv.insert(0, "estimator-semantics")
    from estimator_semantics.__main__ import main

    main()
