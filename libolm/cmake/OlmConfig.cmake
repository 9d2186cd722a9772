# What find_package(Olm) reads: the target Olm::Olm, and the variables that libolm's own package sets.
get_filename_component(Olm_CMAKE_DIR "${CMAKE_CURRENT_LIST_FILE}" PATH)
include("${Olm_CMAKE_DIR}/OlmTargets.cmake")
set(Olm_LIBRARIES Olm::Olm)
