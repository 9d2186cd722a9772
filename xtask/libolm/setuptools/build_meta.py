"""The one hook of a build that pip calls before it saves a source archive (PEP 517)."""

import os
import shutil


def prepare_metadata_for_build_wheel(directory, settings=None):
    name = "python_olm-3.2.16.dist-info"
    os.mkdir(os.path.join(directory, name))
    # A source archive carries its metadata ready made; pip calls the hook inside the unpacked archive.
    shutil.copyfile("PKG-INFO", os.path.join(directory, name, "METADATA"))
    return name
