# Where this file lies, the rest is found from: the whole can be moved.
if(NOT TARGET Olm::Olm)
  get_filename_component(_olm_prefix "${CMAKE_CURRENT_LIST_DIR}/../../.." ABSOLUTE)
  add_library(Olm::Olm SHARED IMPORTED)
  set_target_properties(Olm::Olm PROPERTIES
    IMPORTED_LOCATION "${_olm_prefix}/lib/libolm.so.3.2.16"
    IMPORTED_SONAME "libolm.so.3"
    INTERFACE_INCLUDE_DIRECTORIES "${_olm_prefix}/include")
  unset(_olm_prefix)
endif()
