/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * CoterieNodeQueryToken:
 * @COTERIE_NODE_QUERY_END: there is nothing more
 * @COTERIE_NODE_QUERY_NUMBER: "30", "0.5", "1e3"
 * @COTERIE_NODE_QUERY_WORD: "strength", "L2", "C3"
 * @COTERIE_NODE_QUERY_QUOTED: "“T-shirt”", in any quotation marks
 * @COTERIE_NODE_QUERY_SIGN: "<", "<=", "≥", "(", ":" and so on
 * @COTERIE_NODE_QUERY_STRAY: a character that has no meaning, or a quotation that does not end
 */
typedef enum {
  COTERIE_NODE_QUERY_END,
  COTERIE_NODE_QUERY_NUMBER,
  COTERIE_NODE_QUERY_WORD,
  COTERIE_NODE_QUERY_QUOTED,
  COTERIE_NODE_QUERY_SIGN,
  COTERIE_NODE_QUERY_STRAY,
} CoterieNodeQueryToken;

/**
 * CoterieNodeQueryLexer:
 * @rest: what follows the current token
 * @token: what the current one is
 * @text: (transfer full): the current one as a word of its own: lower case unless it is quoted, a sign
 *   in ASCII
 * @place: its first character, from 1
 * @next_place: the first character of @rest, from 1
 *
 * Cuts a query into words; zero-initialise it, set @rest and @next_place, and take the first token
 * with coterie_node_query_lexer_advance().
 */
typedef struct {
  const char *rest;
  CoterieNodeQueryToken token;
  char *text;
  guint place;
  guint next_place;
} CoterieNodeQueryLexer;

void coterie_node_query_lexer_advance (CoterieNodeQueryLexer *lexer);
gboolean coterie_node_query_lexer_is (const CoterieNodeQueryLexer *lexer,
                                      CoterieNodeQueryToken token,
                                      const char *text);
void coterie_node_query_lexer_clear (CoterieNodeQueryLexer *lexer);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (CoterieNodeQueryLexer, coterie_node_query_lexer_clear)

G_END_DECLS
