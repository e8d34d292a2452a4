/**
 * @file ttag/ttag.h
 * All of ThreatTag: articles → features → train → model → classify → evaluate; and audit.
 */
#ifndef TTAG_TTAG_H
#define TTAG_TTAG_H

#include "ttag/articles.h"
#include "ttag/audit.h"
#include "ttag/base.h"
#include "ttag/boilerplate.h"
#include "ttag/calibrate.h"
#include "ttag/classify.h"
#include "ttag/compare.h"
#include "ttag/crossval.h"
#include "ttag/curve.h"
#include "ttag/database.h"
#include "ttag/evaluate.h"
#include "ttag/features.h"
#include "ttag/import.h"
#include "ttag/model.h"
#include "ttag/passages.h"
#include "ttag/pick.h"
#include "ttag/rules.h"
#include "ttag/shrink.h"
#include "ttag/taxonomy.h"
#include "ttag/train.h"
#include "ttag/unknown.h"

#endif
