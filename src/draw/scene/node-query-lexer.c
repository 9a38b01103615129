/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Cuts the text of a query into numbers, words, quotations and signs, and knows where each stands, so
 * that an error can say so. */

#include "draw/scene/node-query-lexer.h"

#include <string.h>

/* As they may be typed, and what each means. */
static const struct {
  const char *typed;
  const char *means;
} signs[] = {
    {"<=", "<="}, {">=", ">="}, {"!=", "!="}, {"<>", "!="}, {"==", "="},
    {"≤", "<="},  {"≥", ">="},  {"≠", "!="},  {"<", "<"},   {">", ">"},
    {"=", "="},   {":", ":"},   {"(", "("},   {")", ")"},   {",", "or"},
};

static const struct {
  const char *opening;
  const char *closing;
} quotes[] = {
    {"\"", "\""}, {"'", "'"}, {"“", "”"}, {"„", "“"}, {"«", "»"}, {"‘", "’"},
};

static void
take (CoterieNodeQueryLexer *lexer, CoterieNodeQueryToken token, const char *end)
{
  lexer->token = token;
  lexer->next_place += (guint) g_utf8_strlen (lexer->rest, end - lexer->rest);
  lexer->rest = end;
}

static gboolean
take_sign (CoterieNodeQueryLexer *lexer)
{
  for (guint i = 0; i < G_N_ELEMENTS (signs); i++)
    if (g_str_has_prefix (lexer->rest, signs[i].typed)) {
      lexer->text = g_strdup (signs[i].means);
      take (lexer, COTERIE_NODE_QUERY_SIGN, lexer->rest + strlen (signs[i].typed));
      return TRUE;
    }
  return FALSE;
}

static gboolean
take_quoted (CoterieNodeQueryLexer *lexer)
{
  for (guint i = 0; i < G_N_ELEMENTS (quotes); i++) {
    const char *start, *end;

    if (!g_str_has_prefix (lexer->rest, quotes[i].opening))
      continue;
    start = lexer->rest + strlen (quotes[i].opening);
    end = strstr (start, quotes[i].closing);
    if (end == NULL) {
      lexer->text = g_strdup (lexer->rest);
      take (lexer, COTERIE_NODE_QUERY_STRAY, lexer->rest + strlen (lexer->rest));
    } else {
      lexer->text = g_strndup (start, (gsize) (end - start));
      take (lexer, COTERIE_NODE_QUERY_QUOTED, end + strlen (quotes[i].closing));
    }
    return TRUE;
  }
  return FALSE;
}

/* With a point, whatever the language, and without what g_ascii_strtod() takes besides: "inf", "0x1".
 */
static gboolean
take_number (CoterieNodeQueryLexer *lexer)
{
  char *end;

  if (!g_ascii_isdigit (lexer->rest[0]) &&
      !((lexer->rest[0] == '.' || lexer->rest[0] == '-') && g_ascii_isdigit (lexer->rest[1])))
    return FALSE;
  if (lexer->rest[0] == '0' && g_ascii_tolower (lexer->rest[1]) == 'x')
    return FALSE;

  g_ascii_strtod (lexer->rest, &end);
  lexer->text = g_strndup (lexer->rest, (gsize) (end - lexer->rest));
  take (lexer, COTERIE_NODE_QUERY_NUMBER, end);
  return TRUE;
}

static gboolean
take_word (CoterieNodeQueryLexer *lexer)
{
  const char *end = lexer->rest;

  if (!g_unichar_isalpha (g_utf8_get_char (end)))
    return FALSE;
  while (g_unichar_isalnum (g_utf8_get_char (end)) || *end == '-' || *end == '_')
    end = g_utf8_next_char (end);
  lexer->text = g_utf8_strdown (lexer->rest, end - lexer->rest);
  take (lexer, COTERIE_NODE_QUERY_WORD, end);
  return TRUE;
}

/**
 * coterie_node_query_lexer_advance:
 * @lexer: the lexer
 *
 * Goes on to the next token; at the end it stays.
 */
void
coterie_node_query_lexer_advance (CoterieNodeQueryLexer *lexer)
{
  g_clear_pointer (&lexer->text, g_free);
  while (g_unichar_isspace (g_utf8_get_char (lexer->rest)))
    take (lexer, COTERIE_NODE_QUERY_END, g_utf8_next_char (lexer->rest));
  lexer->place = lexer->next_place;
  if (*lexer->rest == '\0') {
    lexer->token = COTERIE_NODE_QUERY_END;
    return;
  }

  if (take_number (lexer) || take_word (lexer) || take_quoted (lexer) || take_sign (lexer))
    return;
  lexer->text = g_strndup (lexer->rest, (gsize) (g_utf8_next_char (lexer->rest) - lexer->rest));
  take (lexer, COTERIE_NODE_QUERY_STRAY, g_utf8_next_char (lexer->rest));
}

/**
 * coterie_node_query_lexer_is:
 * @lexer: the lexer
 * @token: a kind of token
 * @text: one of that kind
 *
 * Returns: whether the current token is that one
 */
gboolean
coterie_node_query_lexer_is (const CoterieNodeQueryLexer *lexer,
                             CoterieNodeQueryToken token,
                             const char *text)
{
  return lexer->token == token && g_strcmp0 (lexer->text, text) == 0;
}

/**
 * coterie_node_query_lexer_clear:
 * @lexer: the lexer
 */
void
coterie_node_query_lexer_clear (CoterieNodeQueryLexer *lexer)
{
  g_clear_pointer (&lexer->text, g_free);
}
