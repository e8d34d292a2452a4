/* The model's table of tags: what training found out about each, and what the taxonomy says. */
#ifndef TRAIN_TAG_TABLE_H
#define TRAIN_TAG_TABLE_H

#include "base/arena.h"
#include "train/labels.h"
#include "ttag/model.h"
#include "ttag/taxonomy.h"

/* A table of l->n_tags tags with name, support and the taxonomy's texts (copied) and implications
   (those among the tags of the table); the rest is that of a tag that is cut at score 0. All of it
   lies in `memory`. NULL: no memory. */
ttag_model_tag *tag_table_new(arena *memory, const labels *l, const ttag_taxonomy *taxonomy);

#endif
