/* How the functions of this library are declared. A program that links it statically on Windows defines OLM_STATIC_DEFINE. */
#ifndef OLM_EXPORT_H
#define OLM_EXPORT_H

#ifndef OLM_EXPORT
#  if defined(_WIN32) && !defined(OLM_STATIC_DEFINE)
#    define OLM_EXPORT __declspec(dllimport)
#  else
#    define OLM_EXPORT
#  endif
#endif

#ifndef OLM_NO_EXPORT
#  define OLM_NO_EXPORT
#endif

#ifndef OLM_DEPRECATED
#  if defined(__GNUC__)
#    define OLM_DEPRECATED __attribute__ ((__deprecated__))
#  elif defined(_MSC_VER)
#    define OLM_DEPRECATED __declspec(deprecated)
#  else
#    define OLM_DEPRECATED
#  endif
#endif

#ifndef OLM_DEPRECATED_EXPORT
#  define OLM_DEPRECATED_EXPORT OLM_EXPORT OLM_DEPRECATED
#endif

#ifndef OLM_DEPRECATED_NO_EXPORT
#  define OLM_DEPRECATED_NO_EXPORT OLM_NO_EXPORT OLM_DEPRECATED
#endif

#endif
