# ttag_stage(NAME SOURCES file... [USES target...]): one folder of the house as an object library.
# Objects, so that the libraries and programs can be put together from whole stages.
function(ttag_stage name)
  cmake_parse_arguments(ARG "" "" "SOURCES;USES" ${ARGN})
  add_library(ttag_${name} OBJECT ${ARG_SOURCES})
  target_link_libraries(ttag_${name} PRIVATE ttag_flags PUBLIC ${ARG_USES})
endfunction()

# ttag_embed(NAME FILE HEADER): makes NAME.c, in the build folder, out of FILE of the project: its
# bytes as the array NAME that HEADER declares.
function(ttag_embed name file header)
  set(input ${PROJECT_SOURCE_DIR}/${file})
  set(output ${CMAKE_CURRENT_BINARY_DIR}/${name}.c)
  set(script ${PROJECT_SOURCE_DIR}/cmake/embed.cmake)
  add_custom_command(
    OUTPUT ${output}
    COMMAND ${CMAKE_COMMAND} -D INPUT=${input} -D OUTPUT=${output} -D NAME=${name}
            -D HEADER=${header} -P ${script}
    DEPENDS ${input} ${script}
    COMMENT "Embedding ${file}"
    VERBATIM)
endfunction()
