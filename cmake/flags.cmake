# Warnings, sanitizers and arithmetic: interface targets, so that nothing leaks into consumers.
add_library(ttag_flags INTERFACE)
target_compile_features(ttag_flags INTERFACE c_std_11)
target_compile_definitions(ttag_flags INTERFACE _DEFAULT_SOURCE _POSIX_C_SOURCE=200809L)
target_compile_options(ttag_flags INTERFACE
  -Wall -Wextra -Wpedantic -Wconversion -Wshadow -Wstrict-prototypes -Wmissing-prototypes
  -Wpointer-arith -Wcast-qual -Wwrite-strings -Wvla
  -fno-math-errno
  -ffp-contract=off) # the same bytes on every CPU: never fuse a multiplication and an addition
# What sets a struct to zero by gcc's own choice, `rep stos`, takes some 40 cycles to begin.
include(CheckCCompilerFlag)
set(_zeroing -mmemset-strategy=unrolled_loop:512:noalign,libcall:-1:noalign)
check_c_compiler_flag(${_zeroing} TTAG_HAS_MEMSET_STRATEGY)
if(TTAG_HAS_MEMSET_STRATEGY)
  target_compile_options(ttag_flags INTERFACE ${_zeroing})
endif()
target_include_directories(ttag_flags INTERFACE
  ${PROJECT_SOURCE_DIR} ${PROJECT_SOURCE_DIR}/include)
if(TTAG_SANITIZE)
  target_compile_options(ttag_flags INTERFACE
    -fsanitize=${TTAG_SANITIZE} -fno-omit-frame-pointer -fno-sanitize-recover=all)
  target_link_options(ttag_flags INTERFACE -fsanitize=${TTAG_SANITIZE})
endif()
if(TTAG_FAULTS)
  target_compile_definitions(ttag_flags INTERFACE TTAG_FAULTS)
endif()
if(TTAG_FUZZ)
  target_compile_options(ttag_flags INTERFACE -fsanitize=fuzzer-no-link)
endif()
