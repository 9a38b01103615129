/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What there is to tell about a recording, told as people or programs want to read it. */

#include "cli/info-subject.h"

#include "cli/info-json.h"
#include "cli/info-text.h"
#include "cli/standard-output.h"

static CoterieSeriesBook *
create_book (const CoterieInfoSubject *subject)
{
  CoterieSeriesBook *book =
      coterie_series_book_new (subject->info->training.n_hidden, subject->info->dataset.n_classes);

  for (guint i = 0; i < subject->frames->len; i++)
    coterie_series_book_add (book, g_ptr_array_index (subject->frames, i));
  return book;
}

/* The frames with one of their layers; what they say of the network stays. */
static GPtrArray *
choose_layer (GPtrArray *frames, guint layer)
{
  GPtrArray *chosen = g_ptr_array_new_with_free_func ((GDestroyNotify) coterie_frame_unref);

  for (guint i = 0; i < frames->len; i++) {
    CoterieFrame fields = *(CoterieFrame *) g_ptr_array_index (frames, i);

    fields.layers += layer - 1;
    fields.n_layers = 1;
    g_ptr_array_add (chosen, coterie_frame_new (&fields));
  }
  return chosen;
}

/**
 * coterie_info_subject_print:
 * @subject: what to tell of
 * @json: whether to print a JSON object
 *
 * Prints settings, frames and correlations.
 */
void
coterie_info_subject_print (const CoterieInfoSubject *subject, gboolean json)
{
  g_autoptr (CoterieSeriesBook) book = create_book (subject);
  CoterieInfoSubject told = *subject;
  g_autofree char *text = NULL;

  told.frames = subject->layer > 0 ? choose_layer (subject->frames, subject->layer)
                                   : g_ptr_array_ref (subject->frames);
  if (json) {
    text = coterie_info_json_new (&told, book);
    coterie_standard_output_put (text);
  } else {
    text = coterie_info_text_new (&told, book);
    coterie_standard_output_print (text);
  }
  g_ptr_array_unref (told.frames);
}
