"""A worker's child whose reader does as the file says: `hang`, `eat memory`, `die`, `flood`, `chatter`, `stutter`, `cry`.

Any other file is read as it is by the real reader.
"""

import os
import sys
import time

from vsdocs import readers
from vsdocs.document import Document
from vsdocs.worker import child

real = readers.read


def read(data: bytes, seen: readers.PagesSeen = lambda pages: None) -> Document:
    match data[:20].decode("latin-1").strip():
        case "hang":
            time.sleep(3600)
        case "hang after 2 pages":
            seen(2)
            time.sleep(3600)
        case "eat memory":
            eaten = []
            while True:
                eaten.append(bytearray(64 << 20))
        case "die":
            os.kill(os.getpid(), 9)
        case "flood":  # where the answers go
            while True:
                os.write(answers, b"x" * 65536)
        case "stutter":
            os.write(answers, b"this is no reply\n")
            time.sleep(3600)
        case "chatter":  # where a library prints
            for _ in range(200):
                os.write(1, b"x" * 65536)
                os.write(2, b"x" * 65536)
        case "cry":
            raise RuntimeError("Maisie Whitlock")
    return real(data, seen)


answers = os.dup(sys.stdout.fileno())
readers.read = read
child.main()
