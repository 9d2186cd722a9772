"""Which libolm this process runs: python-olm does not tell, the kernel does."""

import os

# Loads the library that the binding was linked against.
import _libolm


def libolm():
    """The one file of that name that is mapped into this process."""
    with open("/proc/self/maps", encoding="utf-8") as maps:
        paths = {line.split(maxsplit=5)[5].strip() for line in maps if "/" in line}
    libraries = {path for path in paths if os.path.basename(path).startswith("libolm.so")}
    assert len(libraries) == 1, f"loaded: {libraries}"
    return libraries.pop()


def prove(expected):
    """Ends the process unless the functions come from the expected file."""
    assert os.path.samefile(libolm(), expected), f"{libolm()} is loaded, not {expected}"
    version = [_libolm.ffi.new("uint8_t *") for _ in range(3)]
    _libolm.lib.olm_get_library_version(*version)
    assert [number[0] for number in version] == [3, 2, 16], "another version of libolm"
    return libolm()
