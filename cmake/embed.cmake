# Makes a C file out of any file, as a script:
#   cmake -D INPUT=file -D OUTPUT=file.c -D NAME=symbol -D HEADER=folder/header.h -P embed.cmake
# The header declares `extern const char NAME[]` and `extern const size_t NAME_size`.
file(READ ${INPUT} bytes HEX)
string(LENGTH "${bytes}" digits)
math(EXPR size "${digits} / 2")
get_filename_component(origin ${INPUT} NAME)

# '\x7b' fits a char of either sign; 16 of them a line
string(REGEX REPLACE "([0-9a-f][0-9a-f])" "'\\\\x\\1'," bytes "${bytes}")
string(REPEAT "'....'," 16 row)
string(REGEX REPLACE "(${row})" "    \\1\n" bytes "${bytes}")

file(WRITE ${OUTPUT} "/* Made of ${origin} by cmake/embed.cmake. */
#include \"${HEADER}\"

const char ${NAME}[] = {
${bytes}
};
const size_t ${NAME}_size = ${size};
")
