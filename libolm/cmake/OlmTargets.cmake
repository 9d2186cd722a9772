# Where this file lies, the rest is found from: the whole can be moved. A folder on the way may be a link to another place.
if(NOT TARGET Olm::Olm)
  get_filename_component(_olm_prefix "${CMAKE_CURRENT_LIST_DIR}" REALPATH)
  get_filename_component(_olm_prefix "${_olm_prefix}/../../.." ABSOLUTE)
  add_library(Olm::Olm SHARED IMPORTED)
  set_target_properties(Olm::Olm PROPERTIES
    IMPORTED_LOCATION "${_olm_prefix}/lib/libolm.so.3.2.16"
    IMPORTED_SONAME "libolm.so.3"
    INTERFACE_INCLUDE_DIRECTORIES "${_olm_prefix}/include")
  unset(_olm_prefix)
endif()
