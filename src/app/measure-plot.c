/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A plot of measures over the iterations, with a button beside its title that opens the list of all
 * measures. One or several can be chosen that share an axis; choosing one of another unit leaves the
 * others. The list tells how each goes together with the training accuracy, and the choice is
 * remembered. Lives on the main thread. */

#include "app/measure-plot.h"

#include "config.h"

#include <glib/gi18n.h>
#include <math.h>

#include "app/measure-groups.h"
#include "app/widget-tree.h"
#include "draw/plot/scale.h"

/* Colours of the palette of series before they come again. */
#define N_COLORS 8

/* What the button needs behind the title. */
#define BUTTON_ROOM_PX 24.0
#define BUTTON_GAP_PX 3

typedef struct {
  CoterieMeasure measure;
  GtkCheckButton *button;
  GtkLabel *coefficient;
} Choice;

typedef struct {
  CoterieMeasure measure;
  guint color;
  gboolean dashed;
} Look;

struct _CoterieMeasurePlot {
  GtkWidget parent_instance;

  /* owned */
  GSettings *settings;
  char *key;
  GArray *measures; /* of CoterieMeasure: those that are drawn */
  GArray *rows;     /* of Choice */

  GtkOverlay *overlay;
  CoteriePlotView *view;
  GtkMenuButton *menu_button;
  GtkPopover *popover;
  GtkBox *choices;

  CoterieMeasurePlotData data; /* borrowed; without a book there is nothing to draw */

  gboolean show_x;
  gboolean choosing;
};

enum { ITERATION_PICKED, N_SIGNALS };

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (CoterieMeasurePlot, coterie_measure_plot, GTK_TYPE_WIDGET)

/* Measures that always look the same; others take what is left. */
static const Look looks[] = {
    {COTERIE_MEASURE_WEIGHTED_OVERLAP, 0, FALSE},
    {COTERIE_MEASURE_UNWEIGHTED_OVERLAP, 1, FALSE},
    {COTERIE_MEASURE_NO_OVERLAP, 2, TRUE},
    {COTERIE_MEASURE_LOUVAIN, 3, FALSE},
    {COTERIE_MEASURE_LAYER_MEAN_LIVE_ENTROPY, 4, FALSE},
    {COTERIE_MEASURE_LAYER_MEAN_ENTROPY, 4, TRUE},
    {COTERIE_MEASURE_TRAINING_ACCURACY, 5, FALSE},
    {COTERIE_MEASURE_TEST_ACCURACY, 5, TRUE},
};

static const CoterieMeasure of_the_network[] = {
    COTERIE_MEASURE_TRAINING_ACCURACY,
    COTERIE_MEASURE_TEST_ACCURACY,
    COTERIE_MEASURE_TRAINING_LOSS,
    COTERIE_MEASURE_TEST_LOSS,
    COTERIE_MEASURE_ACCURACY_GAP,
    COTERIE_MEASURE_LOSS_GAP,
    COTERIE_MEASURE_CLASS_TRAINING_ACCURACY,
    COTERIE_MEASURE_CLASS_TEST_ACCURACY,
};

static const Look *
find_look (CoterieMeasure measure)
{
  for (guint i = 0; i < G_N_ELEMENTS (looks); i++)
    if (looks[i].measure == measure)
      return &looks[i];
  return NULL;
}

static CoterieMeasure
get_measure (CoterieMeasurePlot *self, guint index)
{
  return g_array_index (self->measures, CoterieMeasure, index);
}

static gboolean
is_chosen (CoterieMeasurePlot *self, CoterieMeasure measure)
{
  for (guint i = 0; i < self->measures->len; i++)
    if (get_measure (self, i) == measure)
      return TRUE;
  return FALSE;
}

/* Colours that no chosen measure has for itself, one after the other; broken lines when all have been
 * used. */
static Look
take_look (CoterieMeasurePlot *self, CoterieMeasure measure, guint *n_taken)
{
  gboolean reserved[N_COLORS] = {FALSE};
  guint n_free = 0;
  guint nth;

  for (guint i = 0; i < self->measures->len; i++) {
    const Look *look = find_look (get_measure (self, i));

    if (look != NULL)
      reserved[look->color] = TRUE;
  }
  for (guint color = 0; color < N_COLORS; color++)
    n_free += !reserved[color];

  nth = (*n_taken)++;
  for (guint color = 0, free_color = 0; color < N_COLORS; color++)
    if (!reserved[color] && free_color++ == nth % MAX (n_free, 1))
      return (Look){measure, color, nth / n_free % 2 == 1};
  return (Look){measure, nth % N_COLORS, TRUE};
}

/* What all measures have in common, if they do. */
static const CoterieMeasureGroup *
find_common_group (CoterieMeasurePlot *self)
{
  const CoterieMeasureGroup *group = coterie_measure_groups_find (get_measure (self, 0));

  for (guint i = 1; i < self->measures->len; i++)
    if (coterie_measure_groups_find (get_measure (self, i)) != group)
      return NULL;
  return group;
}

static gboolean
has_layers (CoterieMeasurePlot *self)
{
  for (guint i = 0; i < self->measures->len; i++)
    if (coterie_measure_scope_has_layers (coterie_measure_get_info (get_measure (self, i))->scope))
      return TRUE;
  return FALSE;
}

/* What a network knows is the same whatever its analysis. */
static gboolean
is_analysed (CoterieMeasure measure)
{
  for (guint i = 0; i < G_N_ELEMENTS (of_the_network); i++)
    if (of_the_network[i] == measure)
      return FALSE;
  return TRUE;
}

static void
add_line (CoterieMeasurePlot *self,
          CoterieLinePlot *plot,
          const CoterieSeriesKey *key,
          const char *name,
          const Look *look)
{
  CoterieSeries series = coterie_series_book_get (self->data.book, key, TRUE);
  gboolean percent = coterie_measure_get_info (key->measure)->unit == COTERIE_MEASURE_UNIT_FRACTION;
  g_autofree double *x = g_new (double, series.n_frames);
  g_autofree double *y = g_new (double, series.n_frames);
  guint number;

  for (gsize i = 0; i < series.n_frames; i++) {
    x[i] = series.iterations[i];
    y[i] = percent ? 100.0 * series.values[i] : series.values[i];
  }
  number =
      coterie_line_plot_add_series (plot, name, look->color, look->dashed, x, y, series.n_frames);
  if (self->data.outdated != NULL && is_analysed (key->measure))
    coterie_line_plot_set_pale (plot, number, self->data.outdated);
}

/* A line for each class, named by it. */
static void
add_class_lines (CoterieMeasurePlot *self,
                 CoterieLinePlot *plot,
                 CoterieMeasure measure,
                 guint *n_taken)
{
  g_autofree char *name =
      coterie_measure_groups_dup_name (measure, find_common_group (self) != NULL);

  for (guint c = 0; c < self->data.info->dataset.n_classes; c++) {
    const CoterieSeriesKey key = {measure, self->data.layer_index, c};
    const char *class_name = self->data.info->dataset.class_names[c];
    g_autofree char *full_name = self->measures->len == 1
                                     ? g_strdup (class_name)
                                     /* Translators: a class of the data set and a measure of it */
                                     : g_strdup_printf (_ ("%s: %s"), class_name, name);
    Look look = take_look (self, measure, n_taken);

    add_line (self, plot, &key, full_name, &look);
  }
}

static void
add_measure (CoterieMeasurePlot *self,
             CoterieLinePlot *plot,
             CoterieMeasure measure,
             guint *n_taken)
{
  const CoterieSeriesKey key = {measure, self->data.layer_index, 0};
  const Look *own = find_look (measure);
  g_autofree char *name = NULL;
  Look look;

  if (coterie_measure_scope_has_classes (coterie_measure_get_info (measure)->scope)) {
    add_class_lines (self, plot, measure, n_taken);
    return;
  }
  name = coterie_measure_groups_dup_name (measure, find_common_group (self) != NULL);
  look = own != NULL ? *own : take_look (self, measure, n_taken);
  add_line (self, plot, &key, name, &look);
}

/* The limits that no value of any of the measures can go beyond. */
static void
set_bounds (CoterieMeasurePlot *self, CoterieLinePlot *plot)
{
  double lower = INFINITY;
  double upper = -INFINITY;

  for (guint i = 0; i < self->measures->len; i++) {
    const CoterieMeasureInfo *info = coterie_measure_get_info (get_measure (self, i));
    double factor = info->unit == COTERIE_MEASURE_UNIT_FRACTION ? 100.0 : 1.0;

    lower = MIN (lower, factor * info->lower);
    upper = MAX (upper, factor * info->upper);
  }
  coterie_line_plot_set_y_bounds (plot, isfinite (lower) ? lower : NAN,
                                  isfinite (upper) ? upper : NAN);
}

/* The untrained network knows next to nothing; with it in view, everything after would be a line at
 * the top. It is left out of the range once there is enough to see without it, and marked below. */
static void
limit_accuracy (CoterieMeasurePlot *self, CoterieLinePlot *plot)
{
  double lowest = INFINITY;
  double highest = -INFINITY;
  gsize n_frames = 0;

  for (guint i = 0; i < self->measures->len; i++) {
    const CoterieSeriesKey key = {get_measure (self, i), 0, 0};
    CoterieSeries series;

    if (key.measure != COTERIE_MEASURE_TRAINING_ACCURACY &&
        key.measure != COTERIE_MEASURE_TEST_ACCURACY)
      return;
    series = coterie_series_book_get (self->data.book, &key, TRUE);
    n_frames = series.n_frames;
    for (gsize t = 1; t < n_frames; t++) {
      lowest = fmin (lowest, 100.0 * series.values[t]);
      highest = fmax (highest, 100.0 * series.values[t]);
    }
  }
  if (n_frames > 3 && highest > lowest) {
    double air = 0.1 * (highest - lowest);

    coterie_line_plot_set_y_range (plot, MAX (lowest - air, 0.0), MIN (highest + air, 100.0));
  }
}

static gboolean
is_undefined_at (CoterieMeasurePlot *self, guint iteration)
{
  for (guint i = 0; i < self->measures->len; i++) {
    const CoterieSeriesKey key = {get_measure (self, i), self->data.layer_index, 0};
    CoterieSeries series = coterie_series_book_get (self->data.book, &key, TRUE);

    for (gsize t = 0; t < series.n_frames; t++)
      if (series.iterations[t] == iteration && !isfinite (series.values[t]))
        return TRUE;
  }
  return FALSE;
}

/* Not every measure suffers from what is bad: those of another layer need not. */
static void
mark_gaps (CoterieMeasurePlot *self, CoterieLinePlot *plot)
{
  g_autoptr (GArray) gaps = g_array_new (FALSE, FALSE, sizeof (double));

  for (gsize i = 0; i < self->data.n_bad; i++) {
    double iteration = self->data.bad[i];

    if (is_undefined_at (self, self->data.bad[i]))
      g_array_append_val (gaps, iteration);
  }
  coterie_line_plot_set_gaps (plot, (const double *) (gconstpointer) gaps->data, gaps->len);
  coterie_line_plot_set_exploded (plot, self->data.exploded, self->data.n_exploded);
  if (has_layers (self))
    coterie_line_plot_set_silent (plot, self->data.silent, self->data.n_silent);
}

static CoterieLinePlot *
create_plot (CoterieMeasurePlot *self)
{
  const CoterieMeasureGroup *group = find_common_group (self);
  CoterieLinePlot *plot =
      coterie_line_plot_new (group != NULL ? _ (group->title) : _ ("Measures"),
                             coterie_measure_groups_get_axis (get_measure (self, 0)));
  g_autofree char *layer = g_strdup_printf (_ ("layer %u"), self->data.layer_index + 1);
  guint n_taken = 0;

  coterie_line_plot_set_subject (plot, has_layers (self) ? layer : NULL);
  coterie_line_plot_set_title_room (plot, BUTTON_ROOM_PX);
  coterie_line_plot_set_x_title (plot, _ ("iteration"));
  coterie_line_plot_set_show_x (plot, self->show_x);
  coterie_line_plot_set_x_range (plot, 0, MAX (self->data.last_iteration, 1));
  for (guint i = 0; i < self->measures->len; i++)
    add_measure (self, plot, get_measure (self, i), &n_taken);
  set_bounds (self, plot);
  limit_accuracy (self, plot);
  mark_gaps (self, plot);
  return plot;
}

/* PCC of a measure with the training accuracy; of one of classes, for each class its own would be
 * too much to say. */
static double
get_coefficient (CoterieMeasurePlot *self, CoterieMeasure measure)
{
  const CoterieSeriesKey key = {measure, self->data.layer_index, 0};

  if (self->data.book == NULL ||
      coterie_measure_scope_has_classes (coterie_measure_get_info (measure)->scope))
    return NAN;
  return coterie_series_book_correlate (self->data.book, &key, COTERIE_MEASURE_TRAINING_ACCURACY,
                                        FALSE)
      .pearson;
}

static void
update_tooltip (CoterieMeasurePlot *self)
{
  g_autoptr (GString) text = g_string_new (_ ("Choose Measures"));
  gboolean any = FALSE;

  for (guint i = 0; i < self->measures->len; i++) {
    CoterieMeasure measure = get_measure (self, i);
    double coefficient = get_coefficient (self, measure);
    g_autofree char *name = NULL;
    g_autofree char *number = coterie_scale_format (coefficient, 2);

    if (isnan (coefficient) || measure == COTERIE_MEASURE_TRAINING_ACCURACY)
      continue;
    if (!any)
      g_string_append_printf (text, "\n\n%s", _ ("Pearson correlation with training accuracy:"));
    name = coterie_measure_groups_dup_name (measure, TRUE);
    g_string_append_printf (text, "\n%s %s", name, number);
    any = TRUE;
  }
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->menu_button), text->str);
  gtk_widget_set_has_tooltip (GTK_WIDGET (self->menu_button),
                              !gtk_widget_get_visible (GTK_WIDGET (self->popover)));
}

static void
update_plot (CoterieMeasurePlot *self)
{
  if (self->data.book == NULL || self->measures->len == 0)
    return;
  coterie_plot_view_set_plot (self->view, create_plot (self));
  update_tooltip (self);
  gtk_widget_queue_allocate (GTK_WIDGET (self->overlay));
}

/* The list says what the tooltip says, which would lie upon it. */
static void
list_closed (CoterieMeasurePlot *self)
{
  gtk_widget_set_has_tooltip (GTK_WIDGET (self->menu_button), TRUE);
}

static void
list_opened (CoterieMeasurePlot *self)
{
  gtk_widget_set_has_tooltip (GTK_WIDGET (self->menu_button), FALSE);
  for (guint i = 0; i < self->rows->len; i++) {
    const Choice *choice = &g_array_index (self->rows, Choice, i);
    double coefficient = get_coefficient (self, choice->measure);
    g_autofree char *text =
        isnan (coefficient) ? g_strdup ("") : coterie_scale_format (coefficient, 2);

    gtk_label_set_text (choice->coefficient, text);
  }
}

static void
update_buttons (CoterieMeasurePlot *self)
{
  self->choosing = TRUE;
  for (guint i = 0; i < self->rows->len; i++) {
    const Choice *choice = &g_array_index (self->rows, Choice, i);

    gtk_check_button_set_active (choice->button, is_chosen (self, choice->measure));
  }
  self->choosing = FALSE;
}

/* Takes what can be drawn together from a list of ids, which may come from another version. */
static void
take_ids (CoterieMeasurePlot *self, const char *const *ids)
{
  g_array_set_size (self->measures, 0);
  for (guint i = 0; ids[i] != NULL; i++) {
    CoterieMeasure measure;

    if (!coterie_measure_from_id (ids[i], &measure) || is_chosen (self, measure))
      continue;
    if (self->measures->len == 0 ||
        coterie_measure_groups_share_axis (measure, get_measure (self, 0)))
      g_array_append_val (self->measures, measure);
  }
}

static void
load_choice (CoterieMeasurePlot *self)
{
  g_auto (GStrv) ids = g_settings_get_strv (self->settings, self->key);

  take_ids (self, (const char *const *) ids);
  if (self->measures->len == 0) {
    g_autoptr (GVariant) value = g_settings_get_default_value (self->settings, self->key);
    g_autofree const char **defaults = g_variant_get_strv (value, NULL);

    take_ids (self, defaults);
  }
  update_buttons (self);
  update_plot (self);
}

static void
save_choice (CoterieMeasurePlot *self)
{
  g_autoptr (GPtrArray) ids = g_ptr_array_new ();

  for (guint i = 0; i < self->measures->len; i++)
    g_ptr_array_add (ids, (gpointer) coterie_measure_get_info (get_measure (self, i))->id);
  g_ptr_array_add (ids, NULL);
  g_settings_set_strv (self->settings, self->key, (const char *const *) ids->pdata);
}

/* In the order of the list, whatever was chosen first. */
static void
collect_choice (CoterieMeasurePlot *self, CoterieMeasure like)
{
  g_array_set_size (self->measures, 0);
  for (guint i = 0; i < self->rows->len; i++) {
    const Choice *choice = &g_array_index (self->rows, Choice, i);

    if (gtk_check_button_get_active (choice->button) &&
        coterie_measure_groups_share_axis (choice->measure, like))
      g_array_append_val (self->measures, choice->measure);
  }
}

static void
choice_toggled (GtkCheckButton *button, CoterieMeasurePlot *self)
{
  CoterieMeasure measure =
      (CoterieMeasure) GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (button), "measure"));

  if (self->choosing)
    return;
  collect_choice (self, measure);
  if (self->measures->len == 0) /* a plot shows something */
    g_array_append_val (self->measures, measure);
  save_choice (self);
  update_buttons (self);
}

static void
reset_choice (CoterieMeasurePlot *self)
{
  g_settings_reset (self->settings, self->key);
  gtk_popover_popdown (self->popover);
}

static void
iteration_picked (CoterieMeasurePlot *self, double iteration)
{
  g_signal_emit (self, signals[ITERATION_PICKED], 0, iteration);
}

/* Behind the title, in the middle of its height. */
static gboolean
place_button (CoterieMeasurePlot *self, GtkWidget *child, GdkRectangle *allocation)
{
  CoteriePlotRect title;
  GtkRequisition size;

  if (child != GTK_WIDGET (self->menu_button) ||
      !coterie_plot_view_get_title_place (self->view, &title))
    return FALSE;
  gtk_widget_get_preferred_size (child, &size, NULL);
  allocation->x = (int) (title.width - BUTTON_ROOM_PX) + BUTTON_GAP_PX;
  allocation->y = (int) (0.5 * (title.height - size.height));
  allocation->width = size.width;
  allocation->height = size.height;
  return TRUE;
}

static void
add_choice (CoterieMeasurePlot *self, CoterieMeasure measure)
{
  const CoterieMeasureInfo *info = coterie_measure_get_info (measure);
  g_autofree char *name = coterie_measure_groups_dup_name (measure, TRUE);
  g_autofree char *tooltip = *info->source != '\0'
                                 ? g_strdup_printf ("%s (%s)", _ (info->meaning), info->source)
                                 : g_strdup (_ (info->meaning));
  Choice choice = {
      .measure = measure,
      .button = GTK_CHECK_BUTTON (gtk_check_button_new ()),
      .coefficient = GTK_LABEL (gtk_label_new (NULL)),
  };
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 18);
  GtkWidget *label = gtk_label_new (name);

  gtk_widget_set_hexpand (label, TRUE);
  gtk_label_set_xalign (GTK_LABEL (label), 0.0f);
  gtk_label_set_xalign (choice.coefficient, 1.0f);
  gtk_widget_add_css_class (GTK_WIDGET (choice.coefficient), "dim-label");
  gtk_widget_add_css_class (GTK_WIDGET (choice.coefficient), "numeric");
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (choice.coefficient));
  gtk_check_button_set_child (choice.button, box);
  gtk_widget_set_tooltip_text (GTK_WIDGET (choice.button), tooltip);
  gtk_accessible_update_property (GTK_ACCESSIBLE (choice.button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  name, -1);
  g_object_set_data (G_OBJECT (choice.button), "measure", GUINT_TO_POINTER (measure));
  g_signal_connect (choice.button, "toggled", G_CALLBACK (choice_toggled), self);
  gtk_box_append (self->choices, GTK_WIDGET (choice.button));
  g_array_append_val (self->rows, choice);
}

static void
add_choices (CoterieMeasurePlot *self)
{
  for (guint i = 0; i < coterie_measure_groups_get_n (); i++) {
    const CoterieMeasureGroup *group = coterie_measure_groups_get (i);
    GtkWidget *heading = gtk_label_new (_ (group->title));

    gtk_label_set_xalign (GTK_LABEL (heading), 0.0f);
    gtk_widget_add_css_class (heading, "heading");
    gtk_widget_add_css_class (heading, "measure-heading");
    gtk_box_append (self->choices, heading);
    for (guint j = 0; j < group->n_measures; j++)
      add_choice (self, group->measures[j]);
  }
}

static void
coterie_measure_plot_dispose (GObject *object)
{
  CoterieMeasurePlot *self = COTERIE_MEASURE_PLOT (object);

  if (self->settings != NULL)
    g_signal_handlers_disconnect_by_data (self->settings, self);
  g_clear_object (&self->settings);
  self->data = (CoterieMeasurePlotData){NULL};
  coterie_widget_unparent_children (GTK_WIDGET (self));
  G_OBJECT_CLASS (coterie_measure_plot_parent_class)->dispose (object);
}

static void
coterie_measure_plot_finalize (GObject *object)
{
  CoterieMeasurePlot *self = COTERIE_MEASURE_PLOT (object);

  g_free (self->key);
  g_array_unref (self->measures);
  g_array_unref (self->rows);
  G_OBJECT_CLASS (coterie_measure_plot_parent_class)->finalize (object);
}

static void
coterie_measure_plot_class_init (CoterieMeasurePlotClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = coterie_measure_plot_dispose;
  G_OBJECT_CLASS (klass)->finalize = coterie_measure_plot_finalize;

  /**
   * CoterieMeasurePlot::iteration-picked:
   * @self: the plot
   * @x: the iteration, as of #CoteriePlotView::iteration-picked
   *
   * Emitted when somebody clicks on the plot and while they drag along it.
   */
  signals[ITERATION_PICKED] =
      g_signal_new ("iteration-picked", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                    NULL, G_TYPE_NONE, 1, G_TYPE_DOUBLE);

  g_type_ensure (COTERIE_TYPE_PLOT_VIEW);
  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_PREFIX "/ui/measure-plot.ui");
  gtk_widget_class_bind_template_child (widget_class, CoterieMeasurePlot, overlay);
  gtk_widget_class_bind_template_child (widget_class, CoterieMeasurePlot, view);
  gtk_widget_class_bind_template_child (widget_class, CoterieMeasurePlot, menu_button);
  gtk_widget_class_bind_template_child (widget_class, CoterieMeasurePlot, popover);
  gtk_widget_class_bind_template_child (widget_class, CoterieMeasurePlot, choices);
  gtk_widget_class_bind_template_callback (widget_class, iteration_picked);
  gtk_widget_class_bind_template_callback (widget_class, place_button);
  gtk_widget_class_bind_template_callback (widget_class, reset_choice);
  gtk_widget_class_bind_template_callback (widget_class, list_opened);
  gtk_widget_class_bind_template_callback (widget_class, list_closed);
}

static void
coterie_measure_plot_init (CoterieMeasurePlot *self)
{
  self->measures = g_array_new (FALSE, FALSE, sizeof (CoterieMeasure));
  self->rows = g_array_new (FALSE, FALSE, sizeof (Choice));
  gtk_widget_init_template (GTK_WIDGET (self));
  add_choices (self);
}

/**
 * coterie_measure_plot_get_view:
 * @self: the plot
 *
 * Returns: (transfer none): what draws it, to be stacked with others and given a cursor
 */
CoteriePlotView *
coterie_measure_plot_get_view (CoterieMeasurePlot *self)
{
  return self->view;
}

/**
 * coterie_measure_plot_remember_as:
 * @self: the plot
 * @key: of the program's settings, a list of ids of measures; its default is what the plot shows
 *   first
 * @show_x: whether the horizontal axis has labels
 *
 * Lets the plot show what was chosen last. To be called once.
 */
void
coterie_measure_plot_remember_as (CoterieMeasurePlot *self, const char *key, gboolean show_x)
{
  g_autofree char *changed = g_strconcat ("changed::", key, NULL);

  g_return_if_fail (self->settings == NULL);

  self->settings = g_settings_new (APPLICATION_ID);
  self->key = g_strdup (key);
  self->show_x = show_x;
  g_signal_connect_swapped (self->settings, changed, G_CALLBACK (load_choice), self);
  load_choice (self);
}

/**
 * coterie_measure_plot_show:
 * @self: the plot
 * @data: what to draw; what it points to must stay until the next call
 *
 * Draws the chosen measures.
 */
void
coterie_measure_plot_show (CoterieMeasurePlot *self, const CoterieMeasurePlotData *data)
{
  self->data = *data;
  update_plot (self);
}
