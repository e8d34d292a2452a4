# The ready-made models lie in a folder that is told from where the programs lie, in the build as
# where they are installed; so both can be moved.
file(RELATIVE_PATH TTAG_DATA_BESIDE ${CMAKE_INSTALL_FULL_BINDIR} ${CMAKE_INSTALL_FULL_DATADIR})

file(GLOB ttag_ready_models CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/models/*.ttag)
foreach(model ${ttag_ready_models})
  cmake_path(GET model FILENAME name)
  configure_file(${model} ${CMAKE_RUNTIME_OUTPUT_DIRECTORY}/${TTAG_DATA_BESIDE}/ttag/${name} COPYONLY)
endforeach()
