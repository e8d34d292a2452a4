# Programs that need no library where they run, not even the C library's: `ttag-classify` alone, for
# the trainer's libraries have no such form.
find_library(C_ARCHIVE libc.a)
find_library(UTF8PROC_ARCHIVE libutf8proc.a)
find_library(STEMMER_ARCHIVE libstemmer.a)
find_library(XXHASH_ARCHIVE libxxhash.a)
find_library(ZLIB_ARCHIVE libz.a)
find_library(ZSTD_ARCHIVE libzstd.a)
mark_as_advanced(C_ARCHIVE UTF8PROC_ARCHIVE STEMMER_ARCHIVE XXHASH_ARCHIVE ZLIB_ARCHIVE
  ZSTD_ARCHIVE)

# What is missing for it; empty: nothing.
set(TTAG_STATIC_LACKS)
foreach(library C UTF8PROC STEMMER XXHASH ZLIB ZSTD)
  if(NOT ${library}_ARCHIVE)
    string(TOLOWER ${library} lacking)
    string(APPEND TTAG_STATIC_LACKS " the static library of ${lacking},")
  endif()
endforeach()
if(TTAG_SANITIZE OR TTAG_FUZZ)
  string(APPEND TTAG_STATIC_LACKS " a build without sanitizers,")
endif()
string(REGEX REPLACE ",$" "" TTAG_STATIC_LACKS "${TTAG_STATIC_LACKS}")

if(TTAG_STATIC_CLASSIFIER AND TTAG_STATIC_LACKS)
  message(FATAL_ERROR "TTAG_STATIC_CLASSIFIER needs${TTAG_STATIC_LACKS}")
endif()

# The stages' objects, not ttag::classifier: that one names the shared libraries.
function(ttag_link_static program)
  foreach(stage cli classify features articles base)
    target_link_libraries(${program} PRIVATE $<TARGET_OBJECTS:ttag_${stage}>)
  endforeach()
  target_link_libraries(${program} PRIVATE
    ttag_flags ${UTF8PROC_ARCHIVE} ${STEMMER_ARCHIVE} ${XXHASH_ARCHIVE} ${ZLIB_ARCHIVE} ${ZSTD_ARCHIVE} Threads::Threads m)
  target_link_options(${program} PRIVATE -static)
endfunction()
