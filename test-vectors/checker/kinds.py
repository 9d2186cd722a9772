"""Every kind of vector with the function that computes its output from its input, or refuses."""

import documents
import keys
import libolm_pickles
import login
import megolm
import native_pickles
import olm
import pk
import primitives
import sas
import signed_json
import vodozemac_pickles

MODULES = [
    primitives, keys, olm, megolm, libolm_pickles, vodozemac_pickles, native_pickles, sas, pk, login, documents, signed_json
]
KINDS = {kind: check for module in MODULES for kind, check in module.KINDS.items()}
