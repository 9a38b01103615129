/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What of a picture is not in its file because there is no room for it: the legend, and labels. Who
 * looks at a small picture would not miss them, and should be told. */

#include "draw/picture/picture-omissions.h"

#include <glib/gi18n.h>

#include "draw/picture/picture-layout.h"
#include "draw/scene/label-painter.h"

/* Whether @label is to be seen, and what it names is in the picture. */
static gboolean
is_wanted (const CoterieDrawing *drawing,
           const CoterieDrawingView *view,
           const CoterieDrawingLabel *label)
{
  CoterieDrawingMetrics metrics = coterie_drawing_measure (drawing, view);
  double t = drawing->s_frac, s = 1.0 - t;
  double x_px = metrics.offset_x_px + (s * label->x[0] + t * label->x[1]) * metrics.scale_px;
  double y_px = metrics.offset_y_px - (s * label->y[0] + t * label->y[1]) * metrics.scale_px;

  return label->text != NULL && label->text[0] != '\0' &&
         s * label->opacities[0] + t * label->opacities[1] > 0.0 && x_px >= 0.0 && y_px >= 0.0 &&
         x_px <= view->width_px && y_px <= view->height_px;
}

/**
 * coterie_picture_omissions_find:
 * @omissions: (out caller-allocates): what is missing in its file
 * @picture: a picture
 *
 * A legend or labels that nobody asked for are not missing. Cost: laying the picture out and placing its
 * labels once more.
 */
void
coterie_picture_omissions_find (CoteriePictureOmissions *omissions, const CoteriePicture *picture)
{
  const CoterieDrawing *drawing = picture->drawing;
  CoterieLabelPainter *painter = coterie_label_painter_new ();
  const CoterieLabelPlace *places;
  CoteriePictureLayout layout;

  coterie_picture_layout_compute (&layout, picture);
  *omissions = (CoteriePictureOmissions){
      .legend = picture->legend != NULL && layout.legend.width_px <= 0.0 &&
                !coterie_picture_legend_is_empty (picture->legend),
  };
  places = coterie_label_painter_place (painter, drawing, &layout.view);
  for (guint i = 0; i < drawing->geometry->n_labels; i++)
    if (is_wanted (drawing, &layout.view, &drawing->geometry->labels[i])) {
      omissions->n_labels++;
      omissions->n_left_out += places[i].candidate == COTERIE_LABEL_NOWHERE;
    }
  coterie_label_painter_free (painter);
}

/**
 * coterie_picture_omissions_describe:
 * @omissions: what is missing
 *
 * Returns: (transfer full) (nullable): that in words, "no room for the legend and for 2 of 9 labels"; %NULL if
 *   nothing is
 */
char *
coterie_picture_omissions_describe (const CoteriePictureOmissions *omissions)
{
  guint n_left_out = omissions->n_left_out, n_labels = omissions->n_labels;

  if (omissions->legend && n_left_out > 0)
    return g_strdup_printf (ngettext ("no room for the legend and for %u of %u label",
                                      "no room for the legend and for %u of %u labels", n_labels),
                            n_left_out, n_labels);
  if (n_left_out > 0)
    return g_strdup_printf (
        ngettext ("no room for %u of %u label", "no room for %u of %u labels", n_labels),
        n_left_out, n_labels);
  return omissions->legend ? g_strdup (_ ("no room for the legend")) : NULL;
}
