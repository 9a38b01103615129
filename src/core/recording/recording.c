/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What everybody who meets a recording has to know: its errors, and how its run ended. */

#include "core/recording/recording.h"

#include "core/base/words.h"

G_DEFINE_QUARK (coterie - recording - error - quark, coterie_recording_error)

static const char *const endings[] = {
    [COTERIE_RECORDING_ENDING_RUNNING] = "running",
    [COTERIE_RECORDING_ENDING_FINISHED] = "finished",
    [COTERIE_RECORDING_ENDING_STOPPED] = "stopped",
    [COTERIE_RECORDING_ENDING_FAILED] = "failed",
};

/**
 * coterie_recording_ending_to_string:
 * @ending: how a run ended
 *
 * Returns: the word for it in a recording, not translated
 */
const char *
coterie_recording_ending_to_string (CoterieRecordingEnding ending)
{
  g_return_val_if_fail (ending < G_N_ELEMENTS (endings), NULL);

  return endings[ending];
}

/**
 * coterie_recording_ending_from_string:
 * @text: a word from a recording
 * @ending: (out): what it means, unchanged if it is unknown
 *
 * Returns: whether the word is known
 */
gboolean
coterie_recording_ending_from_string (const char *text, CoterieRecordingEnding *ending)
{
  gint index = coterie_words_find (text, endings, G_N_ELEMENTS (endings));

  if (index >= 0)
    *ending = (CoterieRecordingEnding) index;
  return index >= 0;
}
