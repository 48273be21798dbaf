"""Runs a command and says what it took: exit code, most memory in KiB, processor time in milliseconds."""

import json
import resource
import subprocess
import sys

done = subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL)
used = resource.getrusage(resource.RUSAGE_CHILDREN)
milliseconds = int((used.ru_utime + used.ru_stime) * 1000)
print(json.dumps({"code": done.returncode, "peak_kib": used.ru_maxrss, "cpu_ms": milliseconds}))
