/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Layouts that were shown before. Whoever undoes a move wants to see what was there, at once: it is
 * remembered instead of being computed again. A layout belongs to the analyses of its frames, its settings
 * and its pins; of a recording that has been analysed anew or has got more frames it is not found. The
 * oldest are forgotten when all have more nodes than may be kept. */

#include "session/layout-memory.h"

typedef struct {
  GPtrArray *frames; /* of CoterieFrame */
  CoterieRunInfo *info;
  gsize n_nodes;
} Layout;

struct _CoterieLayoutMemory {
  GQueue layouts; /* the newest first */
  gsize n_nodes;
  gsize max_nodes;
};

static void
layout_free (Layout *layout)
{
  g_ptr_array_unref (layout->frames);
  coterie_run_info_unref (layout->info);
  g_free (layout);
}

static void
take_out (CoterieLayoutMemory *memory, GList *link)
{
  Layout *layout = link->data;

  memory->n_nodes -= layout->n_nodes;
  g_queue_delete_link (&memory->layouts, link);
  layout_free (layout);
}

/**
 * coterie_layout_memory_new:
 * @max_nodes: nodes of all frames of all layouts that are kept; the newest layout is kept in any case
 *
 * Returns: (transfer full): a memory that remembers nothing yet
 */
CoterieLayoutMemory *
coterie_layout_memory_new (gsize max_nodes)
{
  CoterieLayoutMemory *memory = g_new0 (CoterieLayoutMemory, 1);

  memory->max_nodes = max_nodes;
  return memory;
}

/**
 * coterie_layout_memory_free:
 * @memory: (transfer full): the memory
 *
 * Frees @memory.
 */
void
coterie_layout_memory_free (CoterieLayoutMemory *memory)
{
  g_queue_clear_full (&memory->layouts, (GDestroyNotify) layout_free);
  g_free (memory);
}

static gboolean
is_of_frames (const Layout *layout, GPtrArray *frames)
{
  if (layout->frames->len != frames->len)
    return FALSE;
  for (guint i = 0; i < frames->len; i++) {
    const CoterieFrame *there = g_ptr_array_index (layout->frames, i);
    const CoterieFrame *frame = g_ptr_array_index (frames, i);

    if (there->n_layers != frame->n_layers)
      return FALSE;
    for (guint l = 0; l < frame->n_layers; l++)
      if (there->layers[l].analysis != frame->layers[l].analysis)
        return FALSE;
  }
  return TRUE;
}

static GList *
find_link (CoterieLayoutMemory *memory, GPtrArray *frames, const CoterieRunInfo *info)
{
  for (GList *link = memory->layouts.head; link != NULL; link = link->next) {
    const Layout *layout = link->data;

    if (coterie_layout_settings_equal (&layout->info->layout, &info->layout) &&
        coterie_pins_equal (layout->info->pins, layout->info->n_pins, info->pins, info->n_pins) &&
        is_of_frames (layout, frames))
      return link;
  }
  return NULL;
}

static gsize
count_nodes (GPtrArray *frames)
{
  gsize n_nodes = 0;

  for (guint i = 0; i < frames->len; i++) {
    const CoterieFrame *frame = g_ptr_array_index (frames, i);

    for (guint l = 0; l < frame->n_layers; l++)
      n_nodes += frame->layers[l].analysis->n_nodes;
  }
  return n_nodes;
}

/**
 * coterie_layout_memory_put:
 * @memory: the memory
 * @frames: (element-type CoterieFrame): frames that are laid out, all of them
 * @info: their run; what counts are the settings of the layout and the pins
 *
 * Remembers where the nodes are, instead of where they were with the same settings and pins before.
 */
void
coterie_layout_memory_put (CoterieLayoutMemory *memory, GPtrArray *frames, CoterieRunInfo *info)
{
  GList *known = find_link (memory, frames, info);
  Layout *layout = g_new (Layout, 1);

  if (known != NULL)
    take_out (memory, known);
  *layout = (Layout){
      .frames = coterie_frames_copy (frames),
      .info = coterie_run_info_ref (info),
      .n_nodes = count_nodes (frames),
  };
  g_queue_push_head (&memory->layouts, layout);
  memory->n_nodes += layout->n_nodes;
  while (memory->n_nodes > memory->max_nodes && memory->layouts.length > 1)
    take_out (memory, memory->layouts.tail);
}

/**
 * coterie_layout_memory_find:
 * @memory: the memory
 * @frames: (element-type CoterieFrame): frames; where their nodes are does not matter
 * @info: their run; what counts are the settings of the layout and the pins
 *
 * Returns: (transfer full) (nullable) (element-type CoterieFrame): @frames as they were laid out, or %NULL
 *   if that is not known
 */
GPtrArray *
coterie_layout_memory_find (CoterieLayoutMemory *memory,
                            GPtrArray *frames,
                            const CoterieRunInfo *info)
{
  GList *link = find_link (memory, frames, info);

  return link != NULL ? coterie_frames_copy (((Layout *) link->data)->frames) : NULL;
}
