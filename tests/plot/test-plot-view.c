/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The view of a plot in a window: what it asks for, what it tells to those who listen, and what it
 * emits. Pointers are played by emitting the signals of the view's own gestures. Needs a display. */

#include <adwaita.h>
#include <locale.h>
#include <math.h>

#include "app/plot-view.h"

#define WIDTH 400
#define HEIGHT 150

typedef struct {
  GtkWidget *window;
  CoteriePlotView *upper;
  CoteriePlotView *lower;
  double picked;
  guint n_picked;
} Fixture;

static gboolean has_display;

static CoterieLinePlot *
create_plot (const char *title, double highest)
{
  const double x[] = {0.0, 1.0, 2.0};
  const double y[] = {0.2 * highest, 0.9 * highest, highest};
  CoterieLinePlot *plot = coterie_line_plot_new (title, NULL);

  coterie_line_plot_set_x_title (plot, "iteration");
  coterie_line_plot_set_x_range (plot, 0.0, 10.0);
  coterie_line_plot_add_series (plot, "line", 0, FALSE, x, y, 3);
  return plot;
}

static void
picked_cb (CoteriePlotView *view, double x, Fixture *fixture)
{
  fixture->picked = x;
  fixture->n_picked++;
}

static gboolean
stop_waiting (gpointer data)
{
  *(gboolean *) data = TRUE;
  return G_SOURCE_REMOVE;
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  GtkWidget *box;
  gboolean waited = FALSE;
  guint patience;

  fixture->picked = NAN;
  if (!has_display)
    return;

  box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  fixture->upper = COTERIE_PLOT_VIEW (coterie_plot_view_new ());
  fixture->lower = COTERIE_PLOT_VIEW (coterie_plot_view_new ());
  gtk_widget_set_size_request (GTK_WIDGET (fixture->upper), WIDTH, HEIGHT);
  gtk_widget_set_size_request (GTK_WIDGET (fixture->lower), WIDTH, HEIGHT);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (fixture->upper));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (fixture->lower));
  coterie_plot_view_set_plot (fixture->upper, create_plot ("Modularity", 0.5));
  coterie_plot_view_set_plot (fixture->lower, create_plot ("Edges", 123456.0));
  g_signal_connect (fixture->upper, "iteration-picked", G_CALLBACK (picked_cb), fixture);
  g_signal_connect (fixture->lower, "iteration-picked", G_CALLBACK (picked_cb), fixture);

  fixture->window = gtk_window_new ();
  gtk_window_set_child (GTK_WINDOW (fixture->window), box);
  gtk_window_present (GTK_WINDOW (fixture->window));
  patience = g_timeout_add_seconds (20, stop_waiting, &waited);
  while (!waited && gtk_widget_get_width (GTK_WIDGET (fixture->lower)) == 0)
    g_main_context_iteration (NULL, TRUE);
  g_assert_false (waited);
  g_source_remove (patience);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  if (fixture->window != NULL)
    gtk_window_destroy (GTK_WINDOW (fixture->window));
}

static gboolean
skip_without_display (void)
{
  if (!has_display)
    g_test_skip ("no display");
  return !has_display;
}

static gpointer
find_controller (CoteriePlotView *view, GType type)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (GTK_WIDGET (view));

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++) {
    g_autoptr (GObject) controller = g_list_model_get_item (controllers, i);

    if (G_TYPE_CHECK_INSTANCE_TYPE (controller, type))
      return controller; /* the view keeps it */
  }
  g_assert_not_reached ();
}

static void
press (CoteriePlotView *view, double x_px)
{
  g_signal_emit_by_name (find_controller (view, GTK_TYPE_GESTURE_DRAG), "drag-begin", x_px, 70.0);
}

static void
drag (CoteriePlotView *view, double offset_px)
{
  g_signal_emit_by_name (find_controller (view, GTK_TYPE_GESTURE_DRAG), "drag-update", offset_px,
                         0.0);
}

static void
test_asks_for_little (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GtkWidget) view = NULL;
  int minimum, natural;

  if (skip_without_display ())
    return;
  view = g_object_ref_sink (coterie_plot_view_new ());
  gtk_widget_measure (view, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, &natural, NULL, NULL);
  g_assert_cmpint (minimum, ==, 120);
  g_assert_cmpint (natural, ==, 320);
  gtk_widget_measure (view, GTK_ORIENTATION_VERTICAL, -1, &minimum, &natural, NULL, NULL);
  g_assert_cmpint (minimum, ==, 112);
  g_assert_cmpint (natural, ==, 150);
}

static void
test_tells_what_it_shows (Fixture *fixture, gconstpointer data)
{
  if (skip_without_display ())
    return;
  gtk_test_accessible_assert_role (fixture->upper, GTK_ACCESSIBLE_ROLE_IMG);
  gtk_test_accessible_assert_property (fixture->upper, GTK_ACCESSIBLE_PROPERTY_LABEL, "Modularity");
  gtk_test_accessible_assert_property (
      fixture->upper, GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
      "Modularity from iteration 0 to 2: line from 0.10 to 0.50, highest 0.50 at iteration 2");
}

static void
test_tells_the_values_at_the_cursor (Fixture *fixture, gconstpointer data)
{
  const char *at_1 = "At iteration 1: line 0.45. Modularity from iteration 0 to 2: line from 0.10 "
                     "to 0.50, highest 0.50 at iteration 2";

  if (skip_without_display ())
    return;
  coterie_plot_view_set_cursor (fixture->upper, 1.0);
  gtk_test_accessible_assert_property (fixture->upper, GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, at_1);
  /* On its way it is nowhere. */
  coterie_plot_view_set_cursor (fixture->upper, 1.5);
  gtk_test_accessible_assert_property (fixture->upper, GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, at_1);
  coterie_plot_view_set_cursor (fixture->upper, 7.0);
  gtk_test_accessible_assert_property (
      fixture->upper, GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
      "Modularity from iteration 0 to 2: line from 0.10 to 0.50, highest 0.50 at iteration 2");
}

static void
test_takes_the_focus (Fixture *fixture, gconstpointer data)
{
  if (skip_without_display ())
    return;
  g_assert_true (gtk_widget_grab_focus (GTK_WIDGET (fixture->lower)));
  g_assert_true (gtk_widget_child_focus (fixture->window, GTK_DIR_TAB_BACKWARD));
  g_assert_true (gtk_window_get_focus (GTK_WINDOW (fixture->window)) ==
                 GTK_WIDGET (fixture->upper));
}

static void
test_a_click_picks (Fixture *fixture, gconstpointer data)
{
  double middle;

  if (skip_without_display ())
    return;
  press (fixture->upper, 0.6 * WIDTH);
  g_assert_cmpuint (fixture->n_picked, ==, 1);
  middle = fixture->picked;
  g_assert_cmpfloat (middle, >, 3.0);
  g_assert_cmpfloat (middle, <, 7.0);

  press (fixture->upper, 0.7 * WIDTH);
  g_assert_cmpfloat (fixture->picked, >, middle);
}

static void
test_a_click_beside_the_area_picks_nothing (Fixture *fixture, gconstpointer data)
{
  if (skip_without_display ())
    return;
  press (fixture->upper, 1.0);
  g_assert_cmpuint (fixture->n_picked, ==, 0);
}

static void
test_a_drag_picks_up_to_the_ends (Fixture *fixture, gconstpointer data)
{
  if (skip_without_display ())
    return;
  press (fixture->upper, 0.6 * WIDTH);
  drag (fixture->upper, 2.0 * WIDTH);
  g_assert_cmpfloat (fixture->picked, ==, 10.0);
  drag (fixture->upper, 2.1 * WIDTH);
  g_assert_cmpuint (fixture->n_picked, ==, 2);
  drag (fixture->upper, -2.0 * WIDTH);
  g_assert_cmpfloat (fixture->picked, ==, 0.0);
}

static void
test_a_stack_shares_its_edges (Fixture *fixture, gconstpointer data)
{
  double upper_x, stacked_x;

  if (skip_without_display ())
    return;
  press (fixture->upper, 0.3 * WIDTH);
  upper_x = fixture->picked;
  press (fixture->lower, 0.3 * WIDTH);
  g_assert_cmpfloat (fixture->picked, <, upper_x - 0.1);

  coterie_plot_view_stack_with (fixture->upper, fixture->lower);
  press (fixture->lower, 0.3 * WIDTH);
  stacked_x = fixture->picked;
  press (fixture->upper, 0.3 * WIDTH);
  g_assert_cmpfloat (fixture->picked, ==, stacked_x);
}

static void
test_a_stack_outlives_its_members (Fixture *fixture, gconstpointer data)
{
  if (skip_without_display ())
    return;
  coterie_plot_view_stack_with (fixture->upper, fixture->lower);
  gtk_widget_unparent (GTK_WIDGET (fixture->lower));
  press (fixture->upper, 0.6 * WIDTH);
  g_assert_cmpuint (fixture->n_picked, ==, 1);
}

static void
test_a_view_without_a_plot_is_quiet (Fixture *fixture, gconstpointer data)
{
  if (skip_without_display ())
    return;
  coterie_plot_view_set_plot (fixture->upper, NULL);
  coterie_plot_view_set_cursor (fixture->upper, 3.0);
  press (fixture->upper, 0.6 * WIDTH);
  g_signal_emit_by_name (find_controller (fixture->upper, GTK_TYPE_EVENT_CONTROLLER_MOTION),
                         "motion", 200.0, 70.0);
  g_assert_cmpuint (fixture->n_picked, ==, 0);
}

static void
add (const char *path, void (*test) (Fixture *, gconstpointer))
{
  g_test_add (path, Fixture, NULL, set_up, test, tear_down);
}

int
main (int argc, char **argv)
{
  setlocale (LC_ALL, "C.UTF-8");
  g_test_init (&argc, &argv, NULL);
  has_display = gtk_init_check ();
  if (has_display)
    adw_init ();

  add ("/plot/view/asks-for-little", test_asks_for_little);
  add ("/plot/view/tells-what-it-shows", test_tells_what_it_shows);
  add ("/plot/view/tells-the-values-at-the-cursor", test_tells_the_values_at_the_cursor);
  add ("/plot/view/takes-the-focus", test_takes_the_focus);
  add ("/plot/view/a-click-picks", test_a_click_picks);
  add ("/plot/view/a-click-beside-the-area-picks-nothing",
       test_a_click_beside_the_area_picks_nothing);
  add ("/plot/view/a-drag-picks-up-to-the-ends", test_a_drag_picks_up_to_the_ends);
  add ("/plot/view/a-stack-shares-its-edges", test_a_stack_shares_its_edges);
  add ("/plot/view/a-stack-outlives-its-members", test_a_stack_outlives_its_members);
  add ("/plot/view/a-view-without-a-plot-is-quiet", test_a_view_without_a_plot_is_quiet);
  return g_test_run ();
}
