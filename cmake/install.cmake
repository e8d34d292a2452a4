# What `cmake --install` puts where, and how others find it: find_package(ttag), pkg-config ttag.
include(CMakePackageConfigHelpers)

if(BUILD_SHARED_LIBS)
  file(RELATIVE_PATH bin_to_lib ${CMAKE_INSTALL_FULL_BINDIR} ${CMAKE_INSTALL_FULL_LIBDIR})
  set_target_properties(ttag_program ttag_classify_program PROPERTIES
    INSTALL_RPATH "$ORIGIN/${bin_to_lib}")
endif()
install(TARGETS ttag_program ttag_classify_program
  RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})
install(TARGETS ttag ttag_classifier EXPORT ttag
  LIBRARY DESTINATION ${CMAKE_INSTALL_LIBDIR}
  ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR})
install(DIRECTORY ${PROJECT_SOURCE_DIR}/include/ttag
  DESTINATION ${CMAKE_INSTALL_INCLUDEDIR} FILES_MATCHING PATTERN "*.h")

set(ttag_config_dir ${CMAKE_INSTALL_LIBDIR}/cmake/ttag)
install(EXPORT ttag NAMESPACE ttag:: FILE ttag-targets.cmake DESTINATION ${ttag_config_dir})
configure_package_config_file(${PROJECT_SOURCE_DIR}/cmake/ttag-config.cmake.in ttag-config.cmake
  INSTALL_DESTINATION ${ttag_config_dir})
write_basic_package_version_file(ttag-config-version.cmake COMPATIBILITY SameMinorVersion)
install(FILES
  ${CMAKE_CURRENT_BINARY_DIR}/ttag-config.cmake ${CMAKE_CURRENT_BINARY_DIR}/ttag-config-version.cmake
  DESTINATION ${ttag_config_dir})

# Paths are told from where the .pc file lies: an installed tree may be moved.
file(RELATIVE_PATH pc_to_prefix
  ${CMAKE_INSTALL_FULL_LIBDIR}/pkgconfig ${CMAKE_INSTALL_PREFIX})
cmake_path(APPEND pc_libdir "\${prefix}" ${CMAKE_INSTALL_LIBDIR}) # an absolute one stays as it is
cmake_path(APPEND pc_includedir "\${prefix}" ${CMAKE_INSTALL_INCLUDEDIR})

# Whoever links a static library links what it uses as well.
function(ttag_pkgconfig name description requires libs)
  set(pc_private "")
  set(pc_libs " ${libs}")
  if(BUILD_SHARED_LIBS)
    set(pc_private ".private")
    set(pc_libs "")
  endif()
  configure_file(${PROJECT_SOURCE_DIR}/cmake/ttag.pc.in ${name}.pc @ONLY)
  install(FILES ${CMAKE_CURRENT_BINARY_DIR}/${name}.pc
    DESTINATION ${CMAKE_INSTALL_LIBDIR}/pkgconfig)
endfunction()
ttag_pkgconfig(ttag "${PROJECT_DESCRIPTION}"
  "openblas sqlite3 libutf8proc libxxhash libzstd zlib" "-lsvm -lstemmer -pthread -lm")
ttag_pkgconfig(ttag_classifier "${PROJECT_DESCRIPTION}: the classifier alone"
  "libutf8proc libxxhash libzstd zlib" "-lstemmer -pthread -lm")

file(GLOB manual_pages ${PROJECT_SOURCE_DIR}/man/*.1)
install(FILES ${manual_pages} DESTINATION ${CMAKE_INSTALL_MANDIR}/man1)
install(FILES ${PROJECT_SOURCE_DIR}/datasets/taxonomy.json ${PROJECT_SOURCE_DIR}/datasets/rules.json
  DESTINATION ${CMAKE_INSTALL_DATADIR}/ttag)
install(FILES ${PROJECT_SOURCE_DIR}/datasets/misp/threattag/machinetag.json
  DESTINATION ${CMAKE_INSTALL_DATADIR}/ttag/misp/threattag)
install(FILES ${ttag_ready_models} DESTINATION ${CMAKE_INSTALL_DATADIR}/ttag)
install(FILES ${PROJECT_SOURCE_DIR}/LICENSE DESTINATION ${CMAKE_INSTALL_DOCDIR})

# bash loads the file that bears the program's name.
install(FILES ${PROJECT_BINARY_DIR}/completions/ttag.bash
  DESTINATION ${CMAKE_INSTALL_DATADIR}/bash-completion/completions RENAME ttag)
install(FILES ${PROJECT_BINARY_DIR}/completions/ttag.bash
  DESTINATION ${CMAKE_INSTALL_DATADIR}/bash-completion/completions RENAME ttag-classify)
install(FILES ${PROJECT_BINARY_DIR}/completions/_ttag
  DESTINATION ${CMAKE_INSTALL_DATADIR}/zsh/site-functions)
