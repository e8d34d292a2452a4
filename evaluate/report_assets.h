/* What stands in every page: looks and script, made of report.css and report.js by the build. */
#ifndef EVALUATE_REPORT_ASSETS_H
#define EVALUATE_REPORT_ASSETS_H

#include <stddef.h>

extern const char report_css[];
extern const size_t report_css_size;
extern const char report_js[];
extern const size_t report_js_size;

#endif
