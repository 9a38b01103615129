/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a training comes to, as three numbers side by side: the weights of its network, how long its
 * recording can become, and the time it will take; and below, how much room that takes on the disk while
 * it is being written. */

#include "app/forecast-view.h"

#include "config.h"

#include <glib/gi18n.h>

#include "core/base/count-text.h"

struct _CoterieForecastView {
  GtkBox parent_instance;

  GtkLabel *weights_label;
  GtkLabel *size_label;
  GtkLabel *size_caption;
  GtkLabel *time_label;
  GtkLabel *room_label;
};

G_DEFINE_FINAL_TYPE (CoterieForecastView, coterie_forecast_view, GTK_TYPE_BOX)

/* In steps: what promises more than is known is not believed. */
static char *
describe_time (double seconds, const char *unknown)
{
  guint minutes = (guint) (seconds / 60.0 + 0.5);

  if (seconds < 0.0)
    return g_strdup (unknown);
  if (seconds < 1.0)
    return g_strdup (_ ("a second"));
  if (seconds < 10.0)
    return g_strdup (_ ("a few seconds"));
  if (seconds < 58.0)
    return g_strdup_printf (_ ("%u s"), (guint) (seconds / 5.0 + 0.5) * 5);
  if (minutes < 60)
    return g_strdup_printf (_ ("%u min"), minutes);
  if (minutes < 48 * 60)
    return g_strdup_printf (_ ("%u h %u min"), minutes / 60, minutes % 60);
  return g_strdup_printf (_ ("%u days"), minutes / 60 / 24);
}

/* While it is being written, a recording takes more room than it has in the end. */
static void
show_room (CoterieForecastView *self, guint64 n_bytes, guint64 n_free_bytes, const char *size)
{
  g_autofree char *room = g_format_size (n_bytes);
  g_autofree char *free_text = g_format_size (n_free_bytes);
  gboolean scarce = n_bytes > n_free_bytes;
  g_autofree char *text = NULL;

  if (scarce)
    text = g_strdup_printf (
        _ ("While training it takes up to %s on the disk, and only %s are free"), room, free_text);
  else
    text = g_strdup_printf (_ ("While training it takes up to %s on the disk"), room);
  gtk_label_set_label (self->room_label, text);
  gtk_widget_set_visible (GTK_WIDGET (self->room_label),
                          n_bytes > 0 && (scarce || !g_str_equal (room, size)));
  if (scarce)
    gtk_widget_add_css_class (GTK_WIDGET (self->room_label), "warning");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->room_label), "warning");
}

static void
coterie_forecast_view_class_init (CoterieForecastViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               RESOURCE_PREFIX "/ui/forecast-view.ui");
  gtk_widget_class_bind_template_child (widget_class, CoterieForecastView, weights_label);
  gtk_widget_class_bind_template_child (widget_class, CoterieForecastView, size_label);
  gtk_widget_class_bind_template_child (widget_class, CoterieForecastView, size_caption);
  gtk_widget_class_bind_template_child (widget_class, CoterieForecastView, time_label);
  gtk_widget_class_bind_template_child (widget_class, CoterieForecastView, room_label);
}

static void
coterie_forecast_view_init (CoterieForecastView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * coterie_forecast_view_show:
 * @self: the view
 * @forecast: what is known of the training
 * @is_coming: whether what is not known will be soon
 * @n_free_bytes: how much room there is on the disk; G_MAXUINT64 while nobody knows
 *
 * Shows what is known now.
 */
void
coterie_forecast_view_show (CoterieForecastView *self,
                            CoterieTrainingForecast *forecast,
                            gboolean is_coming,
                            guint64 n_free_bytes)
{
  g_autofree char *weights = NULL;
  g_autofree char *size = NULL;
  g_autofree char *time = NULL;
  gboolean known = coterie_training_forecast_get_known (forecast);
  const char *unknown = is_coming ? "…" : "–";

  weights = known ? coterie_count_to_text (coterie_training_forecast_get_n_weights (forecast))
                  : g_strdup (unknown);
  size =
      known ? g_format_size (coterie_training_forecast_get_n_bytes (forecast)) : g_strdup (unknown);
  time = describe_time (coterie_training_forecast_get_seconds (forecast), unknown);
  gtk_label_set_label (self->weights_label, weights);
  gtk_label_set_label (self->size_label, size);
  gtk_label_set_label (self->time_label, time);
  gtk_label_set_label (self->size_caption,
                       known && !coterie_training_forecast_get_keeps_every_network (forecast)
                           ? _ ("Recording, at most; weights in every tenth frame only")
                           : _ ("Recording, at most"));
  show_room (self, known ? coterie_training_forecast_get_n_room_bytes (forecast) : 0, n_free_bytes,
             size);
}
