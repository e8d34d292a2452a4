# Third-party libraries, one imported target each.
find_package(PkgConfig REQUIRED)
find_package(Threads REQUIRED)
find_package(ZLIB REQUIRED)
pkg_check_modules(CJSON REQUIRED IMPORTED_TARGET libcjson)
pkg_check_modules(OPENBLAS REQUIRED IMPORTED_TARGET openblas)
pkg_check_modules(SQLITE3 REQUIRED IMPORTED_TARGET sqlite3)
pkg_check_modules(UTF8PROC REQUIRED IMPORTED_TARGET libutf8proc)
pkg_check_modules(XXHASH REQUIRED IMPORTED_TARGET libxxhash)
pkg_check_modules(ZSTD REQUIRED IMPORTED_TARGET libzstd)

find_path(LIBSVM_INCLUDE_DIR svm.h PATH_SUFFIXES libsvm REQUIRED)
find_library(LIBSVM_LIBRARY svm REQUIRED)
add_library(ttag_libsvm INTERFACE)
target_include_directories(ttag_libsvm SYSTEM INTERFACE ${LIBSVM_INCLUDE_DIR})
target_link_libraries(ttag_libsvm INTERFACE ${LIBSVM_LIBRARY})

# The archive where there is one, so that programs need not load the library when they start: hardly
# any run stems words.
find_path(STEMMER_INCLUDE_DIR libstemmer.h REQUIRED)
find_library(STEMMER_LIBRARY NAMES libstemmer.a stemmer REQUIRED)
add_library(ttag_libstemmer INTERFACE)
target_include_directories(ttag_libstemmer SYSTEM INTERFACE ${STEMMER_INCLUDE_DIR})
target_link_libraries(ttag_libstemmer INTERFACE ${STEMMER_LIBRARY})

find_library(MATH_LIBRARY m REQUIRED)
