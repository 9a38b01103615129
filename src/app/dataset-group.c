/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Which data set to learn: one that is known by name, which may have to be downloaded, or a folder or
 * file of the user's, with what can be said about how it is read. Whatever is chosen is read at once in
 * another thread, so that it is known to be good before a training starts. Emits "changed". */

#include "app/dataset-group.h"

#include "config.h"

#include <glib/gi18n.h>

#include "app/dataset-choice-row.h"
#include "app/dataset-options-row.h"
#include "app/dataset-report-row.h"
#include "app/widget-tree.h"
#include "core/dataset/known-sets.h"
#include "session/dataset-probe.h"

#define SETTLING_MS 500

struct _CoterieDatasetGroup {
  AdwPreferencesGroup parent_instance;

  GPtrArray *choices; /* of borrowed CoterieDatasetChoiceRow; the user's own is the last */
  GCancellable *probing;
  CoterieDataset *dataset;
  const CoterieKnownSet *wanted; /* if the user's own turns out to be no copy of it; or %NULL */

  CoterieDatasetOptionsRow *options_row;
  CoterieDatasetReportRow *report_row;

  guint settling_source;
  gboolean adopting;  /* the choice changes, the data set does not */
  gboolean revealing; /* what is chosen shall be seen when it has been read */
};

enum { SIGNAL_CHANGED, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (CoterieDatasetGroup, coterie_dataset_group, ADW_TYPE_PREFERENCES_GROUP)

static void
emit_changed (CoterieDatasetGroup *self)
{
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static CoterieDatasetChoiceRow *
get_nth (CoterieDatasetGroup *self, guint i)
{
  return g_ptr_array_index (self->choices, i);
}

static CoterieDatasetChoiceRow *
get_choice (CoterieDatasetGroup *self)
{
  for (guint i = 0; i < self->choices->len; i++)
    if (coterie_dataset_choice_row_get_chosen (get_nth (self, i)))
      return get_nth (self, i);
  return get_nth (self, 0);
}

static CoterieDatasetChoiceRow *
get_own (CoterieDatasetGroup *self)
{
  return get_nth (self, self->choices->len - 1);
}

static CoterieDatasetChoiceRow *
find_known (CoterieDatasetGroup *self, const CoterieKnownSet *set)
{
  for (guint i = 0; i + 1 < self->choices->len; i++)
    if (coterie_dataset_choice_row_get_set (get_nth (self, i)) == set)
      return get_nth (self, i);
  return get_own (self);
}

static gboolean
has_ending (const char *path, const char *const *endings)
{
  g_autofree char *lower_path = g_ascii_strdown (path, -1);

  for (; *endings != NULL; endings++)
    if (g_str_has_suffix (lower_path, *endings))
      return TRUE;
  return FALSE;
}

/* Which options may have a say in what is chosen. */
static CoterieDatasetOptionFlags
find_options (CoterieDatasetGroup *self, CoterieDatasetChoiceRow *choice)
{
  static const char *const archives[] = {".tar", ".tar.gz", ".tgz", NULL};
  static const char *const arrays[] = {".npz", NULL};
  static const CoterieDatasetOptionFlags split =
      COTERIE_DATASET_OPTION_TEST_FRAC | COTERIE_DATASET_OPTION_SPLIT_SEED;
  const CoterieKnownSet *set = coterie_dataset_choice_row_get_set (choice);
  const char *path = coterie_dataset_choice_row_get_path (choice);
  const char *used =
      self->dataset != NULL ? coterie_dataset_get_info (self->dataset)->options : NULL;

  if (set != NULL && set->kind != COTERIE_KNOWN_SET_BY_HAND)
    return g_str_equal (set->identifier, "cifar-10") ? COTERIE_DATASET_OPTION_COLOR : 0;
  if (path == NULL)
    return 0;
  if (has_ending (path, archives))
    return COTERIE_DATASET_OPTION_COLOR;
  if (has_ending (path, arrays))
    return used == NULL || strstr (used, "test-fraction=") != NULL ? split : 0;
  if (!g_file_test (path, G_FILE_TEST_IS_DIR))
    return COTERIE_DATASET_OPTION_LABEL_COLUMN | split;
  if (used != NULL && strstr (used, "image-size=") == NULL)
    return COTERIE_DATASET_OPTION_COLOR;
  return COTERIE_DATASET_OPTION_IMAGE_SIZE | COTERIE_DATASET_OPTION_COLOR | split;
}

static void
update_options (CoterieDatasetGroup *self, CoterieDatasetChoiceRow *choice)
{
  coterie_dataset_options_row_offer (self->options_row, find_options (self, choice));
}

/* Whether what has been read will do where @set is asked for: of one that everybody has to get by
 * hand there is no telling what it looks like. */
static gboolean
stands_for (CoterieDataset *dataset, const CoterieKnownSet *set)
{
  if (set->kind == COTERIE_KNOWN_SET_BY_HAND)
    return coterie_dataset_info_is_image_folder (coterie_dataset_get_info (dataset));
  return coterie_known_set_is_read_as (set, dataset);
}

/* A copy of a known set that was opened by its path goes into that set's row, so that there are not two
 * rows of the same name. Returns the choice that it is now. */
static CoterieDatasetChoiceRow *
adopt_copy (CoterieDatasetGroup *self, CoterieDatasetChoiceRow *own)
{
  for (guint i = 0; i + 1 < self->choices->len; i++) {
    CoterieDatasetChoiceRow *choice = get_nth (self, i);

    if (coterie_dataset_choice_row_is_downloading (choice) ||
        !coterie_known_set_is_read_as (coterie_dataset_choice_row_get_set (choice), self->dataset))
      continue;
    coterie_dataset_choice_row_set_path (choice, coterie_dataset_choice_row_get_path (own));
    self->adopting = TRUE;
    coterie_dataset_choice_row_choose (choice);
    self->adopting = FALSE;
    coterie_dataset_choice_row_set_path (own, NULL);
    return choice;
  }
  return own;
}

/* Where another column may have been meant, that is where it is named. */
static void
show_error (CoterieDatasetGroup *self, CoterieDatasetChoiceRow *choice, const GError *error)
{
  g_autofree char *advice = NULL;

  if (g_error_matches (error, COTERIE_DATASET_ERROR, COTERIE_DATASET_ERROR_BAD_COLUMN)) {
    /* Translators: an error, then what is to be done; "How It Is Read" is the title of the row below */
    advice = g_strdup_printf (
        _ ("%s. Is another column the class? Name it below, in “How It Is Read”"), error->message);
    adw_expander_row_set_expanded (ADW_EXPANDER_ROW (self->options_row), TRUE);
  }
  coterie_dataset_choice_row_show_error (choice, advice != NULL ? advice : error->message);
}

static void activate (CoterieDatasetGroup *self, CoterieDatasetChoiceRow *choice);

static void
probed (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (CoterieDatasetGroup) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (CoterieDataset) dataset = coterie_dataset_probe_finish (result, &error);
  const CoterieKnownSet *wanted = NULL;
  CoterieDatasetChoiceRow *choice;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  choice = get_choice (self);
  if (choice == get_own (self))
    wanted = g_steal_pointer (&self->wanted);
  g_clear_object (&self->probing);
  g_clear_pointer (&self->dataset, coterie_dataset_unref);
  self->dataset = g_steal_pointer (&dataset);
  if (choice == get_own (self) && self->dataset != NULL)
    choice = adopt_copy (self, choice);
  if (self->dataset != NULL) {
    coterie_dataset_choice_row_show_dataset (choice, self->dataset);
    coterie_dataset_report_row_set_report (self->report_row,
                                           coterie_dataset_get_report (self->dataset));
  } else {
    show_error (self, choice, error);
  }
  update_options (self, choice);
  if (self->revealing)
    coterie_widget_scroll_into_view (GTK_WIDGET (choice));
  self->revealing = FALSE;
  if (wanted != NULL && (self->dataset == NULL || !stands_for (self->dataset, wanted)))
    activate (self, find_known (self, wanted));
  else
    emit_changed (self);
}

static void
stop_probing (CoterieDatasetGroup *self)
{
  g_clear_handle_id (&self->settling_source, g_source_remove);
  g_cancellable_cancel (self->probing);
  g_clear_object (&self->probing);
  g_clear_pointer (&self->dataset, coterie_dataset_unref);
}

static void
probe (CoterieDatasetGroup *self)
{
  CoterieDatasetChoiceRow *choice = get_choice (self);
  const char *path = coterie_dataset_choice_row_get_path (choice);

  stop_probing (self);
  coterie_dataset_report_row_set_report (self->report_row, NULL);
  coterie_dataset_choice_row_show_reading (choice);
  if (path != NULL) {
    self->probing = g_cancellable_new ();
    coterie_dataset_probe_async (path, coterie_dataset_group_get_options (self), self->probing,
                                 probed, g_object_ref (self));
  }
  update_options (self, choice);
  emit_changed (self);
}

static void
activate (CoterieDatasetGroup *self, CoterieDatasetChoiceRow *choice)
{
  if (coterie_dataset_choice_row_get_chosen (choice))
    probe (self);
  else
    coterie_dataset_choice_row_choose (choice);
}

static void
choice_located (CoterieDatasetGroup *self, GFile *file, CoterieDatasetChoiceRow *choice)
{
  g_autofree char *path = g_file_get_path (file);

  self->wanted = NULL;
  if (choice == get_own (self))
    coterie_dataset_choice_row_set_path (choice, NULL);
  coterie_dataset_choice_row_set_path (choice, path);
  activate (self, choice);
}

/* The one that was left says again what it is. */
static void
choice_toggled (CoterieDatasetGroup *self, CoterieDatasetChoiceRow *choice)
{
  if (self->adopting)
    return;
  if (coterie_dataset_choice_row_get_chosen (choice))
    probe (self);
  else
    coterie_dataset_choice_row_show_itself (choice);
}

static gboolean
settled_cb (gpointer data)
{
  CoterieDatasetGroup *self = data;

  self->settling_source = 0;
  probe (self);
  return G_SOURCE_REMOVE;
}

static void
options_changed (CoterieDatasetGroup *self)
{
  stop_probing (self);
  emit_changed (self);
  self->settling_source = g_timeout_add (SETTLING_MS, settled_cb, self);
}

static void
add_choice (CoterieDatasetGroup *self, const CoterieKnownSet *set)
{
  CoterieDatasetChoiceRow *choice = coterie_dataset_choice_row_new (set);

  if (self->choices->len > 0)
    coterie_dataset_choice_row_set_group (choice, get_nth (self, 0));
  g_ptr_array_add (self->choices, choice);
  g_signal_connect_swapped (choice, "toggled", G_CALLBACK (choice_toggled), self);
  g_signal_connect_swapped (choice, "located", G_CALLBACK (choice_located), self);
  g_signal_connect_swapped (choice, "fetched", G_CALLBACK (activate), self);
  g_signal_connect_swapped (choice, "changed", G_CALLBACK (emit_changed), self);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), GTK_WIDGET (choice));
}

static void
add_options (CoterieDatasetGroup *self)
{
  self->options_row = coterie_dataset_options_row_new ();
  g_signal_connect_swapped (self->options_row, "changed", G_CALLBACK (options_changed), self);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), GTK_WIDGET (self->options_row));
}

static void
add_report (CoterieDatasetGroup *self)
{
  self->report_row = coterie_dataset_report_row_new ();
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), GTK_WIDGET (self->report_row));
}

static void
coterie_dataset_group_dispose (GObject *object)
{
  CoterieDatasetGroup *self = COTERIE_DATASET_GROUP (object);

  stop_probing (self);
  for (guint i = 0; i < self->choices->len; i++)
    g_signal_handlers_disconnect_by_data (get_nth (self, i), self);
  g_ptr_array_set_size (self->choices, 0);
  G_OBJECT_CLASS (coterie_dataset_group_parent_class)->dispose (object);
}

static void
coterie_dataset_group_finalize (GObject *object)
{
  CoterieDatasetGroup *self = COTERIE_DATASET_GROUP (object);

  g_ptr_array_unref (self->choices);
  G_OBJECT_CLASS (coterie_dataset_group_parent_class)->finalize (object);
}

static void
coterie_dataset_group_unroot (GtkWidget *widget)
{
  stop_probing (COTERIE_DATASET_GROUP (widget));
  GTK_WIDGET_CLASS (coterie_dataset_group_parent_class)->unroot (widget);
}

static void
coterie_dataset_group_class_init (CoterieDatasetGroupClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = coterie_dataset_group_dispose;
  G_OBJECT_CLASS (klass)->finalize = coterie_dataset_group_finalize;
  GTK_WIDGET_CLASS (klass)->unroot = coterie_dataset_group_unroot;
  signals[SIGNAL_CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                          0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
coterie_dataset_group_init (CoterieDatasetGroup *self)
{
  guint n_sets;
  const CoterieKnownSet *sets = coterie_known_sets_list (&n_sets);

  self->choices = g_ptr_array_new ();
  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (self), _ ("Data Set"));

  for (guint i = 0; i < n_sets; i++)
    add_choice (self, &sets[i]);
  add_choice (self, NULL);
  add_options (self);
  add_report (self);
  coterie_dataset_choice_row_choose (get_nth (self, 0));
}

/**
 * coterie_dataset_group_set_file:
 * @self: the group
 * @file: where a data set lies: a folder or a file
 *
 * Offers @file and chooses it, and has it seen.
 */
void
coterie_dataset_group_set_file (CoterieDatasetGroup *self, GFile *file)
{
  choice_located (self, file, get_own (self));
  coterie_widget_scroll_into_view (GTK_WIDGET (get_own (self)));
  self->revealing = TRUE;
}

/**
 * coterie_dataset_group_set_known:
 * @self: the group
 * @identifier: of a known set
 * @options: how to read it
 *
 * Chooses that data set, whether it is on this machine or not. But what the user has opened stays if it
 * will do instead, which shows when it has been read.
 */
void
coterie_dataset_group_set_known (CoterieDatasetGroup *self,
                                 const char *identifier,
                                 const CoterieDatasetOptions *options)
{
  const CoterieKnownSet *set = coterie_known_sets_find (identifier);
  CoterieDatasetChoiceRow *known = find_known (self, set);
  gboolean may_stand_for_it = get_choice (self) == get_own (self) &&
                              coterie_dataset_choice_row_get_path (known) == NULL &&
                              (self->dataset != NULL ? stands_for (self->dataset, set)
                                                     : coterie_dataset_group_is_reading (self));

  coterie_dataset_options_row_set_options (self->options_row, options);
  self->wanted = may_stand_for_it ? set : NULL;
  activate (self, may_stand_for_it ? get_own (self) : known);
}

/**
 * coterie_dataset_group_set_options:
 * @self: the group
 * @options: how to read what is chosen
 */
void
coterie_dataset_group_set_options (CoterieDatasetGroup *self, const CoterieDatasetOptions *options)
{
  self->wanted = NULL;
  coterie_dataset_options_row_set_options (self->options_row, options);
  probe (self);
}

/**
 * coterie_dataset_group_dup_state:
 * @self: the group
 *
 * Returns: (transfer full): what is chosen, how it is read, and what the user has found on this
 *   machine
 */
CoterieDatasetGroupState *
coterie_dataset_group_dup_state (CoterieDatasetGroup *self)
{
  CoterieDatasetGroupState *state = g_new0 (CoterieDatasetGroupState, 1);

  state->options = *coterie_dataset_group_get_options (self);
  state->paths = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < self->choices->len; i++) {
    CoterieDatasetChoiceRow *choice = get_nth (self, i);

    g_ptr_array_add (state->paths, g_strdup (coterie_dataset_choice_row_get_path (choice)));
    if (choice == get_choice (self))
      state->chosen = i;
  }
  return state;
}

/**
 * coterie_dataset_group_set_state:
 * @self: the group
 * @state: of another group, or of this one earlier
 *
 * Has everything as it was then. What has been downloaded since stays.
 */
void
coterie_dataset_group_set_state (CoterieDatasetGroup *self, const CoterieDatasetGroupState *state)
{
  for (guint i = 0; i < self->choices->len; i++) {
    CoterieDatasetChoiceRow *choice = get_nth (self, i);
    const char *path = g_ptr_array_index (state->paths, i);

    if (coterie_dataset_choice_row_get_path (choice) == NULL && path != NULL &&
        (!coterie_dataset_choice_row_may_be_downloaded (choice) ||
         g_file_test (path, G_FILE_TEST_EXISTS)))
      coterie_dataset_choice_row_set_path (choice, path);
  }
  coterie_dataset_options_row_set_options (self->options_row, &state->options);
  activate (self, get_nth (self, state->chosen));
}

/**
 * coterie_dataset_group_state_free:
 * @state: what coterie_dataset_group_dup_state() gave
 */
void
coterie_dataset_group_state_free (CoterieDatasetGroupState *state)
{
  g_ptr_array_unref (state->paths);
  g_free (state);
}

/**
 * coterie_dataset_group_get_source:
 * @self: the group
 *
 * Returns: (nullable): what coterie_dataset_open_with() opens, until something else is chosen; %NULL
 *   if what is chosen is not on this machine
 */
const char *
coterie_dataset_group_get_source (CoterieDatasetGroup *self)
{
  return coterie_dataset_choice_row_get_path (get_choice (self));
}

/**
 * coterie_dataset_group_get_options:
 * @self: the group
 *
 * Returns: (transfer none): how to read it
 */
const CoterieDatasetOptions *
coterie_dataset_group_get_options (CoterieDatasetGroup *self)
{
  return coterie_dataset_options_row_get_options (self->options_row);
}

/**
 * coterie_dataset_group_get_dataset:
 * @self: the group
 *
 * Returns: (transfer none) (nullable): what is chosen, read; %NULL if that is not done, or cannot be
 */
CoterieDataset *
coterie_dataset_group_get_dataset (CoterieDatasetGroup *self)
{
  return self->dataset;
}

/**
 * coterie_dataset_group_describe_missing:
 * @self: the group
 * @info: (out caller-allocates): the size of a sample and the number of classes
 *
 * Says what is known of a data set that is chosen, but not on this machine.
 *
 * Returns: %FALSE if it is here, or depends on the copy
 */
gboolean
coterie_dataset_group_describe_missing (CoterieDatasetGroup *self, CoterieDatasetInfo *info)
{
  const CoterieKnownSet *set = coterie_dataset_choice_row_get_set (get_choice (self));

  return set != NULL && coterie_dataset_group_get_source (self) == NULL &&
         coterie_known_set_describe (set, coterie_dataset_group_get_options (self), info);
}

/**
 * coterie_dataset_group_is_reading:
 * @self: the group
 *
 * Returns: whether it will be known soon if what is chosen can be read
 */
gboolean
coterie_dataset_group_is_reading (CoterieDatasetGroup *self)
{
  return self->probing != NULL || self->settling_source != 0;
}

/**
 * coterie_dataset_group_dup_lack:
 * @self: the group
 *
 * Returns: (transfer full) (nullable): why there is no data set, and what to do about it; %NULL if there
 *   is one
 */
char *
coterie_dataset_group_dup_lack (CoterieDatasetGroup *self)
{
  if (self->dataset != NULL)
    return NULL;
  if (coterie_dataset_group_is_reading (self))
    return g_strdup (_ ("The data set is being read"));
  return coterie_dataset_choice_row_dup_lack (get_choice (self));
}
