/* A page cut into blocks of text, and those among them that are its main text. After the shallow
   text features of Kohlschuetter, Fankhauser and Nejdl, "Boilerplate detection using shallow text
   features" (WSDM 2010): the share of text in links, and how long a block and its neighbours are.
 */
#ifndef ARTICLES_HTML_BLOCKS_H
#define ARTICLES_HTML_BLOCKS_H

#include "base/buffer.h"
#include "ttag/base.h"

typedef struct html_block {
    size_t at, size;  /* of its text */
    size_t link_size; /* bytes of it within links */
    uint32_t article; /* number of the <article> it is in, from 1; 0: none */
    bool in_main;     /* in <main> */
    bool is_apart;    /* in an element that is no text: navigation, a footer, … */
    bool is_aside;    /* in one whose class or id says so */
    bool is_heading;
    bool is_content; /* of the main text */
} html_block;

/* Appends the text of the page's blocks to `text`, white space drawn together, and the blocks, in
   order, to `blocks`. Returns how many there are; *is_deep: it was left at an element nested over
   HTML_DEEPEST deep, of those that have to be closed. Buffers are the caller's to check. */
size_t html_cut_blocks(ttag_view page, buffer *text, buffer *blocks, bool *is_deep);
enum { HTML_DEEPEST = 10000 };

/* Marks the main text. */
void html_choose_content(html_block *blocks, size_t n);

#endif
