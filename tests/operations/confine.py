"""`/usr/bin/python3 confine.py CALLS deny|allow PROGRAM …`: runs a program as the sandbox of our units would have it.

No new privilege, no memory that becomes executable (with `deny`), and only the system calls that the file CALLS lists (JSON); every other one
fails with EPERM, as `SystemCallErrorNumber` says. Runs with Debian's own Python, which has libseccomp (python3-seccomp).
"""

import ctypes
import errno
import json
import os
import sys

import seccomp

PR_SET_NO_NEW_PRIVS, PR_SET_MDWE, MDWE_REFUSE_EXEC_GAIN = 38, 65, 1  # Linux, prctl(2); the second from 6.3 on

if __name__ == "__main__":
    with open(sys.argv[1], encoding="utf-8") as file:
        calls = json.load(file)
    libc = ctypes.CDLL(None)
    libc.prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
    if sys.argv[2] == "deny":
        libc.prctl(PR_SET_MDWE, MDWE_REFUSE_EXEC_GAIN, 0, 0, 0)
    rules = seccomp.SyscallFilter(seccomp.ERRNO(errno.EPERM))
    for name in calls:
        try:
            rules.add_rule(seccomp.ALLOW, name)
        except (RuntimeError, ValueError, OSError):  # a call of another architecture
            continue
    rules.load()
    os.execv(sys.argv[3], sys.argv[3:])  # noqa: S606 - what the test names
