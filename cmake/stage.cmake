# ttag_stage(NAME SOURCES file... [USES target...]): one folder of the house as an object library.
# Objects, so that the libraries and programs can be put together from whole stages.
function(ttag_stage name)
  cmake_parse_arguments(ARG "" "" "SOURCES;USES" ${ARGN})
  add_library(ttag_${name} OBJECT ${ARG_SOURCES})
  target_link_libraries(ttag_${name} PRIVATE ttag_flags PUBLIC ${ARG_USES})
endfunction()
