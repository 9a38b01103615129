/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Shows one line plot. Pointing at it tells the values of the iteration under the pointer; a click
 * or a drag asks to go there. With the keyboard's focus on it the keys of the window move the cursor,
 * and the description tells the values there. Plots that stand in a stack begin and end at the same
 * place and are pointed at together. Lives on the main thread. */

#include "app/plot-view.h"

#include <adwaita.h>
#include <glib/gi18n.h>
#include <math.h>

#define MIN_WIDTH 120
/* Room for a title, two rows of a legend and the lines. */
#define MIN_HEIGHT 112
#define NATURAL_WIDTH 320
#define NATURAL_HEIGHT 150

/* A cursor so close to an iteration has arrived. */
#define X_TOLERANCE 1e-6

/* How far outside the area, in px, the pointer still means its first or last iteration. */
#define REACH 10.0

struct _CoteriePlotView {
  GtkWidget parent_instance;

  /* owned */
  CoterieLinePlot *plot;
  PangoContext *context;
  GPtrArray *stack; /* of CoteriePlotView, none of them owned; each is a member of its own stack */

  double left_px; /* what the plot's labels need, not-a-number until they are measured */
  double cursor;
  double picked;
  double drag_start_x;
};

enum { ITERATION_PICKED, N_SIGNALS };

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (CoteriePlotView, coterie_plot_view, GTK_TYPE_WIDGET)

static gboolean
same_x (double a, double b)
{
  return a == b || (isnan (a) && isnan (b));
}

static PangoContext *
get_context (CoteriePlotView *self)
{
  if (self->context == NULL)
    self->context = gtk_widget_create_pango_context (GTK_WIDGET (self));
  return self->context;
}

static gboolean
can_draw (CoteriePlotView *self)
{
  return self->plot != NULL && gtk_widget_get_width (GTK_WIDGET (self)) > 0 &&
         gtk_widget_get_height (GTK_WIDGET (self)) > 0;
}

static void
queue_stack_draw (CoteriePlotView *self)
{
  /* Style still changes while the widget goes. */
  for (guint i = 0; self->stack != NULL && i < self->stack->len; i++)
    gtk_widget_queue_draw (g_ptr_array_index (self->stack, i));
}

/* Other labels decide where the whole stack begins. */
static void
forget_left (CoteriePlotView *self)
{
  self->left_px = NAN;
  queue_stack_draw (self);
}

static double
get_left (CoteriePlotView *self)
{
  if (!can_draw (self) || !gtk_widget_get_mapped (GTK_WIDGET (self)))
    return 0.0;
  if (isnan (self->left_px))
    self->left_px = coterie_line_plot_measure_left (
        self->plot, get_context (self), gtk_widget_get_width (GTK_WIDGET (self)),
        gtk_widget_get_height (GTK_WIDGET (self)), NULL);
  return self->left_px;
}

static void
update_left_margin (CoteriePlotView *self)
{
  double left_px = 0.0;

  for (guint i = 0; i < self->stack->len; i++)
    left_px = MAX (left_px, get_left (g_ptr_array_index (self->stack, i)));
  coterie_line_plot_set_left_margin (self->plot, left_px > 0.0 ? left_px : NAN);
}

/* Values in the legend may break it into more rows, which leaves other room for labels. */
static void
values_changed (CoteriePlotView *self, double old_x, double new_x)
{
  if (isnan (old_x) != isnan (new_x))
    forget_left (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static CoterieLinePlotLayout *
get_layout (CoteriePlotView *self)
{
  update_left_margin (self);
  return coterie_line_plot_layout (self->plot, get_context (self),
                                   gtk_widget_get_width (GTK_WIDGET (self)),
                                   gtk_widget_get_height (GTK_WIDGET (self)), NULL);
}

/* The iteration at a place of the widget, with its fraction; not-a-number outside the area unless
 * any place along the width will do. */
static double
find_x (CoteriePlotView *self, double x_px, gboolean anywhere)
{
  g_autoptr (CoterieLinePlotLayout) layout = NULL;
  const CoteriePlotRect *area;
  double x;

  if (!can_draw (self))
    return NAN;

  layout = get_layout (self);
  area = &layout->area;
  if (!anywhere && (x_px < area->x - REACH || x_px > area->x + area->width + REACH))
    return NAN;
  x = coterie_scale_from_px (&layout->x_scale, x_px, area->x, area->x + area->width);
  return CLAMP (x, layout->x_scale.lower, layout->x_scale.upper);
}

static void
set_hover (CoteriePlotView *self, double x)
{
  for (guint i = 0; i < self->stack->len; i++) {
    CoteriePlotView *member = g_ptr_array_index (self->stack, i);
    double old_x;

    if (member->plot == NULL)
      continue;
    old_x = coterie_line_plot_get_hover (member->plot);
    if (same_x (old_x, x))
      continue;
    coterie_line_plot_set_hover (member->plot, x);
    values_changed (member, old_x, x);
  }
}

static void
pick (CoteriePlotView *self, double x_px, gboolean anywhere)
{
  double x = find_x (self, x_px, anywhere);

  if (isnan (x) || x == self->picked)
    return;
  self->picked = x;
  g_signal_emit (self, signals[ITERATION_PICKED], 0, x);
}

/* While the cursor is on its way the description stays. */
static void
update_description (CoteriePlotView *self)
{
  g_autofree char *sentence = NULL;
  g_autofree char *values = NULL;
  g_autofree char *both = NULL;

  if (self->plot == NULL ||
      (isfinite (self->cursor) && fabs (self->cursor - round (self->cursor)) > X_TOLERANCE))
    return;

  sentence = coterie_line_plot_describe (self->plot);
  if (isfinite (self->cursor))
    values = coterie_line_plot_describe_values (self->plot, self->cursor);
  if (values != NULL)
    /* Translators: what is at the cursor of a plot, and then what the plot shows altogether */
    both = g_strdup_printf (_ ("At %s. %s"), values, sentence);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  both != NULL ? both : sentence, -1);
}

/* Crosses say that something is missing or means nothing, and this says what. */
static gboolean
tell_gap (
    GtkWidget *widget, int x_px, int y_px, gboolean keyboard, GtkTooltip *tooltip, gpointer unused)
{
  CoteriePlotView *self = COTERIE_PLOT_VIEW (widget);
  double x = keyboard ? self->cursor : round (find_x (self, x_px, FALSE));
  g_autofree char *text = NULL;

  if (self->plot != NULL && coterie_line_plot_is_gap (self->plot, x))
    text = g_strdup_printf (_ ("Not a number at iteration %.0f"), x);
  else if (self->plot != NULL && coterie_line_plot_is_silent (self->plot, x))
    text = g_strdup_printf (_ ("All neurons of the layer are silent at iteration %.0f"), x);
  else if (self->plot != NULL && coterie_line_plot_has_exploded (self->plot, x))
    text = g_strdup_printf (_ ("The training has diverged: at iteration %.0f its loss is more than "
                               "ten times that of guessing"),
                            x);
  else
    return FALSE;
  gtk_tooltip_set_text (tooltip, text);
  return TRUE;
}

static void
motion_cb (GtkEventControllerMotion *motion, double x_px, double y_px, CoteriePlotView *self)
{
  set_hover (self, round (find_x (self, x_px, FALSE)));
}

static void
leave_cb (GtkEventControllerMotion *motion, CoteriePlotView *self)
{
  set_hover (self, NAN);
}

static void
drag_begin_cb (GtkGestureDrag *drag, double x_px, double y_px, CoteriePlotView *self)
{
  if (isnan (find_x (self, x_px, FALSE))) {
    gtk_gesture_set_state (GTK_GESTURE (drag), GTK_EVENT_SEQUENCE_DENIED);
    return;
  }
  gtk_gesture_set_state (GTK_GESTURE (drag), GTK_EVENT_SEQUENCE_CLAIMED);
  self->drag_start_x = x_px;
  self->picked = NAN;
  pick (self, x_px, FALSE);
}

static void
drag_update_cb (GtkGestureDrag *drag, double offset_x_px, double offset_y_px, CoteriePlotView *self)
{
  pick (self, self->drag_start_x + offset_x_px, TRUE);
}

static void
dark_changed_cb (CoteriePlotView *self)
{
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
forget_context (CoteriePlotView *self)
{
  g_clear_object (&self->context);
  forget_left (self);
}

static void
leave_stack (CoteriePlotView *self)
{
  g_ptr_array_remove (self->stack, self);
  queue_stack_draw (self);
  g_ptr_array_unref (self->stack);
  self->stack = NULL;
}

static void
coterie_plot_view_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  CoteriePlotView *self = COTERIE_PLOT_VIEW (widget);
  gboolean dark = adw_style_manager_get_dark (adw_style_manager_get_default ());
  double width = gtk_widget_get_width (widget);
  double height = gtk_widget_get_height (widget);
  graphene_rect_t bounds;
  cairo_t *cr;

  if (!can_draw (self))
    return;

  update_left_margin (self);
  graphene_rect_init (&bounds, 0.0f, 0.0f, (float) width, (float) height);
  cr = gtk_snapshot_append_cairo (snapshot, &bounds);
  coterie_line_plot_draw_in_context (self->plot, cr, get_context (self), width, height,
                                     coterie_palette_get (dark), dark, NULL);
  cairo_destroy (cr);
}

static void
coterie_plot_view_measure (GtkWidget *widget,
                           GtkOrientation orientation,
                           int for_size,
                           int *minimum,
                           int *natural,
                           int *minimum_baseline,
                           int *natural_baseline)
{
  gboolean across = orientation == GTK_ORIENTATION_HORIZONTAL;

  *minimum = across ? MIN_WIDTH : MIN_HEIGHT;
  *natural = across ? NATURAL_WIDTH : NATURAL_HEIGHT;
}

static void
coterie_plot_view_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  forget_left (COTERIE_PLOT_VIEW (widget));
}

static void
coterie_plot_view_css_changed (GtkWidget *widget, GtkCssStyleChange *change)
{
  GTK_WIDGET_CLASS (coterie_plot_view_parent_class)->css_changed (widget, change);
  forget_context (COTERIE_PLOT_VIEW (widget));
}

static void
coterie_plot_view_system_setting_changed (GtkWidget *widget, GtkSystemSetting setting)
{
  GTK_WIDGET_CLASS (coterie_plot_view_parent_class)->system_setting_changed (widget, setting);
  forget_context (COTERIE_PLOT_VIEW (widget));
}

static void
coterie_plot_view_dispose (GObject *object)
{
  CoteriePlotView *self = COTERIE_PLOT_VIEW (object);

  if (self->stack != NULL)
    leave_stack (self);
  g_clear_object (&self->context);
  g_clear_pointer (&self->plot, coterie_line_plot_free);
  G_OBJECT_CLASS (coterie_plot_view_parent_class)->dispose (object);
}

static void
coterie_plot_view_class_init (CoteriePlotViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = coterie_plot_view_dispose;
  widget_class->snapshot = coterie_plot_view_snapshot;
  widget_class->measure = coterie_plot_view_measure;
  widget_class->size_allocate = coterie_plot_view_size_allocate;
  widget_class->css_changed = coterie_plot_view_css_changed;
  widget_class->system_setting_changed = coterie_plot_view_system_setting_changed;

  /**
   * CoteriePlotView::iteration-picked:
   * @self: the view
   * @x: the iteration, within the horizontal axis, with the fraction that is under the pointer
   *
   * Emitted when somebody clicks on the plot and while they drag along it.
   */
  signals[ITERATION_PICKED] =
      g_signal_new ("iteration-picked", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                    NULL, G_TYPE_NONE, 1, G_TYPE_DOUBLE);

  gtk_widget_class_set_css_name (widget_class, "plotview");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
add_controllers (CoteriePlotView *self)
{
  GtkEventController *motion = gtk_event_controller_motion_new ();
  GtkGesture *drag = gtk_gesture_drag_new ();

  g_signal_connect (motion, "enter", G_CALLBACK (motion_cb), self);
  g_signal_connect (motion, "motion", G_CALLBACK (motion_cb), self);
  g_signal_connect (motion, "leave", G_CALLBACK (leave_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), motion);

  g_signal_connect (drag, "drag-begin", G_CALLBACK (drag_begin_cb), self);
  g_signal_connect (drag, "drag-update", G_CALLBACK (drag_update_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (drag));
}

static void
coterie_plot_view_init (CoteriePlotView *self)
{
  self->left_px = NAN;
  self->cursor = NAN;
  self->picked = NAN;
  self->stack = g_ptr_array_new ();
  g_ptr_array_add (self->stack, self);
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  gtk_widget_set_has_tooltip (GTK_WIDGET (self), TRUE);
  g_signal_connect (self, "query-tooltip", G_CALLBACK (tell_gap), NULL);
  add_controllers (self);
  g_signal_connect_object (adw_style_manager_get_default (), "notify::dark",
                           G_CALLBACK (dark_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect (self, "notify::scale-factor", G_CALLBACK (forget_context), NULL);
}

/**
 * coterie_plot_view_new:
 *
 * Returns: (transfer floating): a view that shows nothing yet
 */
GtkWidget *
coterie_plot_view_new (void)
{
  return g_object_new (COTERIE_TYPE_PLOT_VIEW, NULL);
}

/**
 * coterie_plot_view_set_plot:
 * @self: the view
 * @plot: (transfer full) (nullable): what to show; its cursor, hover and left margin are the view's
 *
 * Keeps the cursor and what is pointed at.
 */
void
coterie_plot_view_set_plot (CoteriePlotView *self, CoterieLinePlot *plot)
{
  g_autoptr (CoterieLinePlot) old = NULL;

  g_return_if_fail (COTERIE_IS_PLOT_VIEW (self));

  old = g_steal_pointer (&self->plot);
  self->plot = plot;
  forget_left (self);
  if (plot == NULL)
    return;

  coterie_line_plot_set_cursor (plot, self->cursor);
  coterie_line_plot_set_hover (plot, old != NULL ? coterie_line_plot_get_hover (old) : NAN);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  coterie_line_plot_get_title (plot), -1);
  update_description (self);
}

/**
 * coterie_plot_view_set_cursor:
 * @self: the view
 * @x: the current iteration, with a fraction while moving; not-a-number for none
 */
void
coterie_plot_view_set_cursor (CoteriePlotView *self, double x)
{
  g_return_if_fail (COTERIE_IS_PLOT_VIEW (self));

  if (same_x (self->cursor, x))
    return;
  if (self->plot != NULL)
    coterie_line_plot_set_cursor (self->plot, x);
  values_changed (self, self->cursor, x);
  self->cursor = x;
  update_description (self);
  /* What is shown now matters more than what the pointer happens to rest on. */
  set_hover (self, NAN);
}

/**
 * coterie_plot_view_get_title_place:
 * @self: the view
 * @place: (out): where the title and unit are, and the room behind them, in px of the view
 *
 * Returns: %FALSE as long as there is nothing to draw or no room to draw it
 */
gboolean
coterie_plot_view_get_title_place (CoteriePlotView *self, CoteriePlotRect *place)
{
  g_autoptr (CoterieLinePlotLayout) layout = NULL;

  g_return_val_if_fail (COTERIE_IS_PLOT_VIEW (self), FALSE);

  if (!can_draw (self))
    return FALSE;
  layout = coterie_line_plot_layout (self->plot, get_context (self),
                                     gtk_widget_get_width (GTK_WIDGET (self)),
                                     gtk_widget_get_height (GTK_WIDGET (self)), NULL);
  *place = layout->title;
  return TRUE;
}

/**
 * coterie_plot_view_stack_with:
 * @self: a view that is in no stack with others yet
 * @other: a view, alone or already in a stack with others
 *
 * Lets both, and all that @other is in a stack with, begin at the same place and be pointed at
 * together. They should have the same width and horizontal axis.
 */
void
coterie_plot_view_stack_with (CoteriePlotView *self, CoteriePlotView *other)
{
  g_return_if_fail (COTERIE_IS_PLOT_VIEW (self) && self->stack->len == 1);
  g_return_if_fail (COTERIE_IS_PLOT_VIEW (other) && self != other);

  leave_stack (self);
  self->stack = g_ptr_array_ref (other->stack);
  g_ptr_array_add (self->stack, self);
  queue_stack_draw (self);
}
