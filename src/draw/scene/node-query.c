/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What is typed to find nodes:
 *
 *   query      = term { "or" term }            a comma is an "or"
 *   term       = factor { [ "and" ] factor }
 *   factor     = "not" factor | "(" query ")" | condition
 *   condition  = NUMBER                        a neuron: 217
 *              | layer [ ":" NUMBER ]          L2, L2:217, layer 2
 *              | community                     C3, community 3, community C3
 *              | [ "main" ] "class" NAME       class 7, class “T-shirt”, main class 7
 *              | quantity comparison NUMBER    strength > 30
 *
 * Quantities are neuron, layer, community, class, main class, strength, degree, entropy and activation,
 * the mean activation for the main class. A node may represent several classes and is of all of them;
 * the main class is the one that it represents most strongly, which legend, labels and table have. The
 * numbers of layers, communities and neurons are those that the window shows.
 *
 * A query is kept in postfix order, so that an answer needs no tree. */

#include "draw/scene/node-query.h"

#include <glib/gi18n.h>
#include <math.h>

#include "draw/scene/node-query-lexer.h"

/* Deeper nesting than anybody types; two answers a level then fit in 64 bits. */
#define MAX_DEPTH 24

typedef enum {
  FIELD_NEURON,
  FIELD_LAYER,
  FIELD_COMMUNITY,
  FIELD_CLASS,
  FIELD_MAIN_CLASS,
  FIELD_STRENGTH,
  FIELD_DEGREE,
  FIELD_ENTROPY,
  FIELD_ACTIVATION,
} Field;

typedef enum {
  OPERATION_LESS,
  OPERATION_AT_MOST,
  OPERATION_GREATER,
  OPERATION_AT_LEAST,
  OPERATION_EQUAL,
  OPERATION_UNEQUAL,
  OPERATION_AND,
  OPERATION_OR,
  OPERATION_NOT,
} Operation;

/* A comparison has a field and a value; the others take the last answers. */
typedef struct {
  Operation operation;
  Field field;
  double value;
} Item;

struct _CoterieNodeQuery {
  guint n_items;
  Item *items;
};

typedef struct {
  CoterieNodeQueryLexer lexer;
  GArray *items;
  const char *const *class_names;
  guint depth;
} Parser;

static const struct {
  const char *word;
  Field field;
} fields[] = {
    {"neuron", FIELD_NEURON},       {"node", FIELD_NEURON},     {"layer", FIELD_LAYER},
    {"community", FIELD_COMMUNITY}, {"class", FIELD_CLASS},     {"strength", FIELD_STRENGTH},
    {"degree", FIELD_DEGREE},       {"entropy", FIELD_ENTROPY}, {"activation", FIELD_ACTIVATION},
};

static const struct {
  const char *sign;
  Operation operation;
} comparisons[] = {
    {"<", OPERATION_LESS},      {"<=", OPERATION_AT_MOST}, {">", OPERATION_GREATER},
    {">=", OPERATION_AT_LEAST}, {"=", OPERATION_EQUAL},    {"!=", OPERATION_UNEQUAL},
};

G_DEFINE_QUARK (coterie - node - query - error - quark, coterie_node_query_error)

static gboolean parse_query (Parser *parser, GError **error);

static gboolean
expect (const Parser *parser, const char *expected, GError **error)
{
  const CoterieNodeQueryLexer *lexer = &parser->lexer;

  if (lexer->token == COTERIE_NODE_QUERY_END)
    g_set_error (error, COTERIE_NODE_QUERY_ERROR, COTERIE_NODE_QUERY_ERROR_SYNTAX,
                 /* Translators: what is missing at the end of what was typed to search */
                 _ ("At the end: expected %s"), expected);
  else
    g_set_error (error, COTERIE_NODE_QUERY_ERROR, COTERIE_NODE_QUERY_ERROR_SYNTAX,
                 /* Translators: the place, what stands there, and what should */
                 _ ("Character %u: “%s”, expected %s"), lexer->place, lexer->text, expected);
  return FALSE;
}

static void
add (Parser *parser, Operation operation, Field field, double value)
{
  Item item = {operation, field, value};

  g_array_append_val (parser->items, item);
}

static void
advance (Parser *parser)
{
  coterie_node_query_lexer_advance (&parser->lexer);
}

static gboolean
is_word (const Parser *parser, const char *word)
{
  return coterie_node_query_lexer_is (&parser->lexer, COTERIE_NODE_QUERY_WORD, word);
}

static gboolean
is_sign (const Parser *parser, const char *sign)
{
  return coterie_node_query_lexer_is (&parser->lexer, COTERIE_NODE_QUERY_SIGN, sign);
}

static gboolean
take_comparison (Parser *parser, Operation *operation)
{
  for (guint i = 0; i < G_N_ELEMENTS (comparisons); i++)
    if (is_sign (parser, comparisons[i].sign)) {
      *operation = comparisons[i].operation;
      advance (parser);
      return TRUE;
    }
  return FALSE;
}

static gboolean
take_number (Parser *parser, double *value, GError **error)
{
  if (parser->lexer.token != COTERIE_NODE_QUERY_NUMBER)
    return expect (parser, _ ("a number"), error);
  *value = g_ascii_strtod (parser->lexer.text, NULL);
  if (!isfinite (*value)) {
    g_set_error (error, COTERIE_NODE_QUERY_ERROR, COTERIE_NODE_QUERY_ERROR_OUT_OF_RANGE,
                 _ ("Character %u: “%s” is too large a number"), parser->lexer.place,
                 parser->lexer.text);
    return FALSE;
  }
  advance (parser);
  return TRUE;
}

/* Names go before numbers: a data set may call its first class “1”. */
static gboolean
find_class (const Parser *parser, double *value)
{
  g_autofree char *wanted = g_utf8_casefold (parser->lexer.text, -1);
  guint64 number;

  for (guint c = 0; parser->class_names != NULL && parser->class_names[c] != NULL; c++) {
    g_autofree char *name = g_utf8_casefold (parser->class_names[c], -1);

    if (g_str_equal (name, wanted)) {
      *value = c;
      return TRUE;
    }
  }
  if (parser->lexer.token != COTERIE_NODE_QUERY_NUMBER ||
      !g_ascii_string_to_unsigned (parser->lexer.text, 10, 0, G_MAXUINT32, &number, NULL))
    return FALSE;
  *value = (double) number;
  return TRUE;
}

static gboolean
take_class (Parser *parser, double *value, GError **error)
{
  CoterieNodeQueryToken token = parser->lexer.token;

  if (token != COTERIE_NODE_QUERY_NUMBER && token != COTERIE_NODE_QUERY_WORD &&
      token != COTERIE_NODE_QUERY_QUOTED)
    return expect (parser, _ ("the name of a class"), error);
  if (!find_class (parser, value)) {
    g_set_error (error, COTERIE_NODE_QUERY_ERROR, COTERIE_NODE_QUERY_ERROR_UNKNOWN_CLASS,
                 _ ("Character %u: there is no class “%s”"), parser->lexer.place,
                 parser->lexer.text);
    return FALSE;
  }
  advance (parser);
  return TRUE;
}

/* "strength > 30"; what counts things can do without a sign: "layer 2", "class “Bag”". */
static gboolean
parse_comparison (Parser *parser, Field field, GError **error)
{
  gboolean of_class = field == FIELD_CLASS || field == FIELD_MAIN_CLASS;
  gboolean counts = field <= FIELD_MAIN_CLASS;
  Operation operation = OPERATION_EQUAL;
  double value = 0.0;

  if (!take_comparison (parser, &operation) && !counts)
    return expect (parser, _ ("<, ≤, =, ≥ or >"), error);
  if (of_class ? !take_class (parser, &value, error) : !take_number (parser, &value, error))
    return FALSE;
  add (parser, operation, field, value);
  return TRUE;
}

/* "L2" or "C3", whose letter was looked at before. */
static gboolean
take_short (Parser *parser, Field field, GError **error)
{
  guint64 number;

  g_ascii_string_to_unsigned (parser->lexer.text + 1, 10, 0, G_MAXUINT32, &number, NULL);
  if (number == 0) {
    g_set_error (error, COTERIE_NODE_QUERY_ERROR, COTERIE_NODE_QUERY_ERROR_OUT_OF_RANGE,
                 _ ("Character %u: “%s”, layers and communities count from 1"), parser->lexer.place,
                 parser->lexer.text);
    return FALSE;
  }
  advance (parser);
  add (parser, OPERATION_EQUAL, field, (double) number);
  return TRUE;
}

static gboolean
is_short (const Parser *parser, char letter)
{
  const char *text = parser->lexer.text;

  return parser->lexer.token == COTERIE_NODE_QUERY_WORD && text[0] == letter &&
         g_ascii_string_to_unsigned (text + 1, 10, 0, G_MAXUINT32, NULL, NULL);
}

static gboolean
parse_neuron (Parser *parser, GError **error)
{
  double value = 0.0;

  if (!take_number (parser, &value, error))
    return FALSE;
  add (parser, OPERATION_EQUAL, FIELD_NEURON, value);
  return TRUE;
}

/* After a layer may come one of its neurons: "L2:217". */
static gboolean
parse_neuron_of_layer (Parser *parser, GError **error)
{
  if (!is_sign (parser, ":"))
    return TRUE;
  advance (parser);
  if (!parse_neuron (parser, error))
    return FALSE;
  add (parser, OPERATION_AND, 0, 0.0);
  return TRUE;
}

static gboolean
parse_main_class (Parser *parser, GError **error)
{
  advance (parser);
  if (!is_word (parser, "class"))
    return expect (parser, "class", error);
  advance (parser);
  return parse_comparison (parser, FIELD_MAIN_CLASS, error);
}

static gboolean
parse_condition (Parser *parser, GError **error)
{
  if (parser->lexer.token == COTERIE_NODE_QUERY_NUMBER)
    return parse_neuron (parser, error);
  if (is_short (parser, 'l'))
    return take_short (parser, FIELD_LAYER, error) && parse_neuron_of_layer (parser, error);
  if (is_short (parser, 'c'))
    return take_short (parser, FIELD_COMMUNITY, error);

  if (is_word (parser, "main"))
    return parse_main_class (parser, error);
  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    if (is_word (parser, fields[i].word)) {
      advance (parser);
      if (fields[i].field == FIELD_COMMUNITY && is_short (parser, 'c'))
        return take_short (parser, FIELD_COMMUNITY, error);
      return parse_comparison (parser, fields[i].field, error) &&
             (fields[i].field != FIELD_LAYER || parse_neuron_of_layer (parser, error));
    }
  if (parser->lexer.token == COTERIE_NODE_QUERY_WORD) {
    g_set_error (
        error, COTERIE_NODE_QUERY_ERROR, COTERIE_NODE_QUERY_ERROR_UNKNOWN_WORD,
        _ ("Character %u: “%s”, expected a neuron's number, neuron, layer, community, class, "
           "main class, strength, degree, entropy or activation"),
        parser->lexer.place, parser->lexer.text);
    return FALSE;
  }
  return expect (parser, _ ("a neuron's number or a condition"), error);
}

static gboolean
parse_group (Parser *parser, GError **error)
{
  advance (parser);
  if (!parse_query (parser, error))
    return FALSE;
  if (!is_sign (parser, ")"))
    return expect (parser, ")", error);
  advance (parser);
  return TRUE;
}

static gboolean
parse_factor (Parser *parser, GError **error)
{
  gboolean parsed;

  if (parser->depth == MAX_DEPTH)
    return expect (parser, _ ("fewer brackets"), error);
  parser->depth++;
  if (is_word (parser, "not")) {
    advance (parser);
    parsed = parse_factor (parser, error);
    add (parser, OPERATION_NOT, 0, 0.0);
  } else if (is_sign (parser, "(")) {
    parsed = parse_group (parser, error);
  } else {
    parsed = parse_condition (parser, error);
  }
  parser->depth--;
  return parsed;
}

static gboolean
is_or (const Parser *parser)
{
  return is_word (parser, "or") || is_sign (parser, "or");
}

static gboolean
parse_term (Parser *parser, GError **error)
{
  if (!parse_factor (parser, error))
    return FALSE;
  while (parser->lexer.token != COTERIE_NODE_QUERY_END && !is_or (parser) &&
         !is_sign (parser, ")")) {
    if (is_word (parser, "and"))
      advance (parser);
    if (!parse_factor (parser, error))
      return FALSE;
    add (parser, OPERATION_AND, 0, 0.0);
  }
  return TRUE;
}

static gboolean
parse_query (Parser *parser, GError **error)
{
  if (!parse_term (parser, error))
    return FALSE;
  while (is_or (parser)) {
    advance (parser);
    if (!parse_term (parser, error))
      return FALSE;
    add (parser, OPERATION_OR, 0, 0.0);
  }
  return TRUE;
}

static gboolean
parse_all (Parser *parser, GError **error)
{
  advance (parser);
  if (!parse_query (parser, error))
    return FALSE;
  if (parser->lexer.token != COTERIE_NODE_QUERY_END)
    return expect (parser, _ ("“and”, “or” or the end"), error);
  return TRUE;
}

/**
 * coterie_node_query_parse:
 * @text: what was typed, UTF-8: "217", "L2:217", "community 3", "C3", "class 7", "main class “T-shirt”",
 *   "strength > 30", joined by "and", "or", "not" and brackets
 * @class_names: (nullable) (array zero-terminated=1): names of the classes; without them classes have
 *   numbers, from 0
 * @error: return location for a #GError
 *
 * Reads a query. Upper and lower case do not matter.
 *
 * Returns: (transfer full): the query; %NULL with one of #CoterieNodeQueryError if it makes no sense:
 *   the message names the place and what was expected there
 */
CoterieNodeQuery *
coterie_node_query_parse (const char *text, const char *const *class_names, GError **error)
{
  g_autoptr (GArray) items = g_array_new (FALSE, FALSE, sizeof (Item));
  g_autofree char *valid = g_utf8_make_valid (text, -1);
  Parser parser = {
      .lexer = {.rest = valid, .next_place = 1},
      .items = items,
      .class_names = class_names,
  };
  gboolean parsed = parse_all (&parser, error);
  CoterieNodeQuery *query;

  coterie_node_query_lexer_clear (&parser.lexer);
  if (!parsed)
    return NULL;
  query = g_atomic_rc_box_new0 (CoterieNodeQuery);
  query->n_items = items->len;
  query->items = g_memdup2 (items->data, items->len * sizeof (Item));
  return query;
}

/**
 * coterie_node_query_ref:
 * @query: a query
 *
 * Returns: (transfer full): the same
 */
CoterieNodeQuery *
coterie_node_query_ref (CoterieNodeQuery *query)
{
  return g_atomic_rc_box_acquire (query);
}

static void
clear (gpointer data)
{
  CoterieNodeQuery *query = data;

  g_free (query->items);
}

/**
 * coterie_node_query_unref:
 * @query: (transfer full): a query
 */
void
coterie_node_query_unref (CoterieNodeQuery *query)
{
  g_atomic_rc_box_release_full (query, clear);
}

/* Not-a-number where the node has no such thing: it then differs from everything. */
static double
get_value (const CoterieSceneGraph *graph, guint node, Field field)
{
  guint32 identity;

  switch (field) {
  case FIELD_NEURON:
    return coterie_scene_key_neuron (graph->keys[node]);
  case FIELD_LAYER:
    return coterie_scene_key_layer (graph->keys[node]);
  case FIELD_COMMUNITY:
    identity = coterie_scene_graph_split_identity (graph->identities[node], graph->n_layers, NULL);
    return identity != COTERIE_LINEAGE_NONE ? identity + 1.0 : NAN;
  case FIELD_MAIN_CLASS:
    return graph->classes[node];
  case FIELD_STRENGTH:
    return graph->strengths[node];
  case FIELD_DEGREE:
    return graph->degrees[node];
  case FIELD_ENTROPY:
    return (double) graph->entropies[node];
  case FIELD_ACTIVATION:
    return (double) graph->class_means[(gsize) graph->classes[node] * graph->n_nodes + node];
  case FIELD_CLASS: /* may be several */
  default:
    g_assert_not_reached ();
  }
}

static gboolean
compare (double value, Operation operation, double other)
{
  switch (operation) {
  case OPERATION_LESS:
    return value < other;
  case OPERATION_AT_MOST:
    return value <= other;
  case OPERATION_GREATER:
    return value > other;
  case OPERATION_AT_LEAST:
    return value >= other;
  case OPERATION_EQUAL:
    return value == other;
  case OPERATION_UNEQUAL:
    return value != other;
  case OPERATION_AND:
  case OPERATION_OR:
  case OPERATION_NOT:
  default:
    g_assert_not_reached ();
  }
}

/* One of the classes that the node represents has to compare so; what is asked to differ differs from
 * all of them. */
static gboolean
compare_classes (const CoterieSceneGraph *graph, guint node, Operation operation, double other)
{
  gboolean differs = operation == OPERATION_UNEQUAL;

  for (guint c = 0; c < graph->n_classes; c++)
    if (graph->represents[(gsize) c * graph->n_nodes + node] &&
        compare (c, differs ? OPERATION_EQUAL : operation, other))
      return !differs;
  return differs;
}

static gboolean
answer (const Item *item, const CoterieSceneGraph *graph, guint node)
{
  if (item->field == FIELD_CLASS)
    return compare_classes (graph, node, item->operation, item->value);
  return compare (get_value (graph, node, item->field), item->operation, item->value);
}

/**
 * coterie_node_query_matches:
 * @query: a query
 * @graph: a graph
 * @node: a node of it
 *
 * A comparison with what a node does not have, a community that is too small to be named, is true for
 * "≠" alone. A comparison with a class is true if one of those that the node represents compares so, but
 * "≠" only if none is equal. Cost: one step for each part of the query, and for each class one where a part
 * is about them.
 *
 * Returns: whether the node is among those asked for
 */
gboolean
coterie_node_query_matches (const CoterieNodeQuery *query,
                            const CoterieSceneGraph *graph,
                            guint node)
{
  guint64 answers = 0; /* a stack of bits, the last answer lowest */

  for (guint i = 0; i < query->n_items; i++) {
    const Item *item = &query->items[i];
    guint64 last = answers & 1, before = answers >> 1;

    if (item->operation == OPERATION_AND)
      answers = last ? before : before & ~G_GUINT64_CONSTANT (1);
    else if (item->operation == OPERATION_OR)
      answers = before | last;
    else if (item->operation == OPERATION_NOT)
      answers ^= 1;
    else
      answers = answers << 1 | (guint64) answer (item, graph, node);
  }
  return answers & 1;
}

/**
 * coterie_node_query_get_layer:
 * @query: a query
 *
 * Cost: one step for each part of the query.
 *
 * Returns: the layer, from 1, that whatever matches is of, as "L2:217" and "layer 2 and C3" say it; 0 if
 *   they name none, or several
 */
guint
coterie_node_query_get_layer (const CoterieNodeQuery *query)
{
  guint layers[64] = {0}; /* a stack as deep as that of the answers */
  guint depth = 0;

  for (guint i = 0; i < query->n_items; i++) {
    const Item *item = &query->items[i];

    if (item->operation == OPERATION_AND || item->operation == OPERATION_OR) {
      guint last = layers[--depth], *before = &layers[depth - 1];

      if (item->operation == OPERATION_AND)
        *before = *before != 0 ? *before : last;
      else
        *before = *before == last ? last : 0;
    } else if (item->operation == OPERATION_NOT) {
      layers[depth - 1] = 0;
    } else {
      gboolean named = item->field == FIELD_LAYER && item->operation == OPERATION_EQUAL &&
                       item->value >= 1.0 && item->value <= G_MAXUINT16;

      g_return_val_if_fail (depth < G_N_ELEMENTS (layers), 0);
      layers[depth++] = named ? (guint) item->value : 0;
    }
  }
  return layers[0];
}
