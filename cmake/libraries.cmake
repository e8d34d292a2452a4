# The stages put together: `ttag`, all of them, and `ttag_classifier`, what tagging needs. Static,
# or shared with -DBUILD_SHARED_LIBS=ON; either way nothing but ttag_... can be seen from outside.

# What the stages are linked with, as consumers of the installed library are to find it.
function(ttag_link_requirements name stages)
  set(all)
  foreach(stage ${stages})
    get_target_property(uses ttag_${stage} INTERFACE_LINK_LIBRARIES)
    list(APPEND all ${uses})
  endforeach()
  list(REMOVE_DUPLICATES all)
  foreach(use ${all})
    if(use STREQUAL ttag_libsvm)
      target_link_libraries(${name} PRIVATE
        $<BUILD_INTERFACE:ttag_libsvm> $<INSTALL_INTERFACE:ttag::libsvm>)
    elseif(use STREQUAL ttag_libstemmer)
      target_link_libraries(${name} PRIVATE
        $<BUILD_INTERFACE:ttag_libstemmer> $<INSTALL_INTERFACE:ttag::libstemmer>)
    elseif("${use}" STREQUAL "${MATH_LIBRARY}")
      target_link_libraries(${name} PRIVATE m)
    elseif(NOT use MATCHES "ttag_") # stages are in it already, flags are of no concern to others
      target_link_libraries(${name} PRIVATE ${use})
    endif()
  endforeach()
endfunction()

# A static library shows all its functions to the linker, names such as `fail` included. So its
# objects become one, in which what is hidden is local. (Not where tools want their own symbols.)
function(ttag_sources out name stages)
  list(TRANSFORM stages REPLACE "(.+)" "$<TARGET_OBJECTS:ttag_\\1>" OUTPUT_VARIABLE objects)
  if(NOT CMAKE_OBJCOPY OR BUILD_SHARED_LIBS OR TTAG_SANITIZE OR TTAG_FUZZ
     OR CMAKE_C_FLAGS MATCHES "--coverage|-flto")
    set(${out} ${objects} PARENT_SCOPE)
    return()
  endif()
  set(whole ${CMAKE_CURRENT_BINARY_DIR}/${name}.o)
  add_custom_command(
    OUTPUT ${whole}
    COMMAND ${CMAKE_C_COMPILER} -r -nostdlib -o ${whole} ${objects}
    COMMAND ${CMAKE_OBJCOPY} --localize-hidden ${whole}
    DEPENDS ${objects}
    COMMAND_EXPAND_LISTS VERBATIM)
  set_source_files_properties(${whole} PROPERTIES EXTERNAL_OBJECT TRUE GENERATED TRUE)
  set(${out} ${whole} PARENT_SCOPE)
endfunction()

# ttag_library(NAME EXPORT STAGES stage...)
function(ttag_library name export)
  cmake_parse_arguments(ARG "" "" "STAGES" ${ARGN})
  ttag_sources(sources ${name} "${ARG_STAGES}")
  add_library(${name} ${sources})
  add_library(ttag::${export} ALIAS ${name})
  ttag_link_requirements(${name} "${ARG_STAGES}")
  target_include_directories(${name} PUBLIC
    $<BUILD_INTERFACE:${PROJECT_SOURCE_DIR}/include>
    $<INSTALL_INTERFACE:${CMAKE_INSTALL_INCLUDEDIR}>)
  set_target_properties(${name} PROPERTIES
    EXPORT_NAME ${export} LINKER_LANGUAGE C
    VERSION ${PROJECT_VERSION} SOVERSION ${PROJECT_VERSION_MAJOR}.${PROJECT_VERSION_MINOR})
  if(TTAG_SANITIZE)
    target_link_options(${name} PUBLIC $<BUILD_INTERFACE:-fsanitize=${TTAG_SANITIZE}>)
  endif()
endfunction()

ttag_library(ttag ttag
  STAGES base blas articles import features bootstrap train classify database evaluate crossval audit pick)
ttag_library(ttag_classifier classifier
  STAGES base articles features classify)
