/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Where the graph and its legend go in a picture.
 *
 * The legend covers no node and its letters can be read. For a card of some form there are the four
 * corners, and for each of them two ways: the graph moves aside for it, or up or down, from not at all
 * to all the way, until the card lies on no node. Of all forms, corners and ways the one is taken that
 * leaves the graph largest; the lower left corner and one column go before others that are hardly
 * better. If the graph would get too small beside all rows, their letters become smaller as far as they
 * can be read; if that does not help, the smaller communities are counted only. A picture that
 * is too small even then has no legend.
 *
 * A figure in a column whose height nobody prescribed grows: its legend is below the graph, in columns,
 * and the graph as wide as the figure, as long as the whole is no higher than wide.
 *
 * A section of a graph fills its picture: where the card would lie on nodes of it, the section gets a
 * frame of its own beside the card. */

#include "draw/picture/picture-layout.h"

#include <math.h>

/* Above the graph, where layers have headings, pixels of text. */
#define HEADING_PX 22.0

/* Around the graph, pixels of a window. */
#define MARGIN_PX 48.0

/* On a narrow figure the margin is less: a fraction of the shorter side. */
#define MAX_MARGIN_FRAC 0.05

/* In a figure that grows it is for labels, too, as there is little room beside a graph as wide as the figure:
 * a fraction of the width. */
#define LABELLED_MARGIN_FRAC 0.055

/* Between the card and the border of the picture, units of the card. */
#define BORDER 12.0

/* Between the card and the nodes, pixels of a window. */
#define GAP_PX 6.0

/* Steps in which a graph moves out of the way, from not at all to all the way. */
#define N_STEPS 8

#define MAX_COLUMNS 4

/* Of the graph's size without a legend: how much it should keep, and has to. */
#define WANTED_SIZE_FRAC 0.62
#define LEAST_SIZE_FRAC 0.4

/* What is no better than by this factor is not worth an unusual place. */
#define GAIN_FRAC 1.02

/* A difference that only rounding makes. */
#define SAME_SIZE_FRAC 1e-9

/* So many of the rows, if not all of them. */
static const guint fewer_rows[] = {12, 9, 6, 4};

typedef struct {
  const CoteriePicture *picture;
  CoteriePictureSize page; /* of the picture, as high as it is by now */
  CoterieBounds bounds;    /* what has to be seen */
  CoterieViewport viewport;
  double size; /* of the graph without a legend */
} Work;

/* A card of some form in a corner. */
typedef struct {
  CoteriePictureLegendForm form;
  double unit_px;
  gboolean at_right;
  gboolean at_top;
  gboolean aside; /* the graph moves aside, else up or down */
  double width_px;
  double height_px;
} Card;

/* What the window shows of the layout. */
static CoterieBounds
get_seen_bounds (const CoterieDrawingView *seen)
{
  double half_width = 0.5 * seen->width_px / seen->scale / seen->camera.scale;
  double half_height = 0.5 * seen->height_px / seen->scale / seen->camera.scale;

  return (CoterieBounds){
      .min_x = seen->camera.center_x - half_width,
      .min_y = seen->camera.center_y - half_height,
      .max_x = seen->camera.center_x + half_width,
      .max_y = seen->camera.center_y + half_height,
  };
}

static gboolean
has_headings (const CoterieDrawing *drawing)
{
  for (guint i = 0; i < drawing->geometry->n_labels; i++)
    if (drawing->geometry->labels[i].heading)
      return TRUE;
  return FALSE;
}

static void
work_init (Work *work, const CoteriePicture *picture)
{
  const CoteriePictureSize *size = &picture->size;

  *work = (Work){
      .picture = picture,
      .page = *size,
      .bounds = picture->seen != NULL ? get_seen_bounds (picture->seen) : picture->bounds,
      .viewport = {.width_px = size->width_px / size->scale,
                   .height_px = size->height_px / size->scale},
  };
  if (picture->seen == NULL)
    work->viewport.margin_px = fmin (
        MARGIN_PX, MAX_MARGIN_FRAC * fmin (work->viewport.width_px, work->viewport.height_px));
  if (picture->seen == NULL && has_headings (picture->drawing))
    work->viewport.insets.top_px = HEADING_PX * size->text_scale / size->scale;
  work->size = coterie_camera_fit (work->bounds, &work->viewport).scale;
}

static CoterieOverlay
place_card (const Work *work, const Card *card)
{
  const CoteriePictureSize *size = &work->page;
  double border_px = BORDER * card->unit_px;

  return (CoterieOverlay){
      .x_px = card->at_right ? size->width_px - border_px - card->width_px : border_px,
      .y_px = card->at_top ? border_px : size->height_px - border_px - card->height_px,
      .width_px = card->width_px,
      .height_px = card->height_px,
  };
}

/* Where the graph is when it has moved out of the card's way by @step of %N_STEPS. */
static CoterieViewport
make_way (const Work *work, const Card *card, guint step)
{
  CoterieViewport viewport = work->viewport;
  double scale = work->page.scale;
  double room_px = (card->aside ? card->width_px : card->height_px) + BORDER * card->unit_px;
  double inset_px = (room_px / scale + GAP_PX) * step / N_STEPS;

  if (card->aside)
    *(card->at_right ? &viewport.insets.right_px : &viewport.insets.left_px) += inset_px;
  else
    *(card->at_top ? &viewport.insets.top_px : &viewport.insets.bottom_px) += inset_px;
  return viewport;
}

static CoterieDrawingView
get_view (const Work *work, const CoterieViewport *viewport)
{
  const CoteriePictureSize *size = &work->page;

  return (CoterieDrawingView){
      .camera = coterie_camera_fit (work->bounds, viewport),
      .width_px = size->width_px,
      .height_px = size->height_px,
      .scale = size->scale,
      .label_scale = size->text_scale,
      .leaders = TRUE,
  };
}

/* Whether no heading comes near to @card, wherever beside its place it may have to stand. */
static gboolean
is_free_of_headings (const CoterieDrawing *drawing,
                     const CoterieOverlay *card,
                     const CoterieDrawingMetrics *metrics,
                     double scale)
{
  for (guint i = 0; i < drawing->geometry->n_labels; i++) {
    const CoterieDrawingLabel *label = &drawing->geometry->labels[i];
    double t = drawing->s_frac, s = 1.0 - t;
    double x_px = metrics->offset_x_px + (s * label->x[0] + t * label->x[1]) * metrics->scale_px;
    double y_px = metrics->offset_y_px - (s * label->y[0] + t * label->y[1]) * metrics->scale_px;
    double height_px = 1.5 * label->size_px * scale;
    double half_px = 0.5 * label->size_px * scale * (double) g_utf8_strlen (label->text, -1);

    if (label->heading && x_px + half_px > card->x_px &&
        x_px - half_px < card->x_px + card->width_px && y_px + height_px > card->y_px &&
        y_px - 2.0 * height_px < card->y_px + card->height_px)
      return FALSE;
  }
  return TRUE;
}

/* Whether no node and no heading comes near to @card. */
static gboolean
is_free (const Work *work, const CoterieOverlay *card, const CoterieDrawingView *view)
{
  const CoterieDrawing *drawing = work->picture->drawing;
  CoterieDrawingMetrics metrics = coterie_drawing_measure (drawing, view);
  double gap_px = GAP_PX * view->scale;

  for (guint v = 0; v < drawing->geometry->n_nodes; v++) {
    CoterieDrawingNodeEnd node = coterie_drawing_blend_node (drawing, v);
    double x_px = metrics.offset_x_px + node.x * metrics.scale_px;
    double y_px = metrics.offset_y_px - node.y * metrics.scale_px;
    double dx = x_px - CLAMP (x_px, card->x_px, card->x_px + card->width_px);
    double dy = y_px - CLAMP (y_px, card->y_px, card->y_px + card->height_px);
    double reach_px = node.radius_px * metrics.node_scale + metrics.rim_px + gap_px;

    if (node.radius_px > 0.0f && node.color.alpha > 0.0f && dx * dx + dy * dy < reach_px * reach_px)
      return FALSE;
  }
  return is_free_of_headings (drawing, card, &metrics, view->label_scale);
}

static CoterieOverlay
get_whole (const Work *work)
{
  return (CoterieOverlay){
      .width_px = work->page.width_px,
      .height_px = work->page.height_px,
  };
}

/* Beside a card that has the whole strip for itself. */
static CoterieOverlay
get_frame (const Work *work, const Card *card)
{
  double scale = work->page.scale;
  CoterieViewport viewport = make_way (work, card, N_STEPS);
  CoterieInsets insets = viewport.insets;

  return (CoterieOverlay){
      .x_px = insets.left_px * scale,
      .y_px = insets.top_px * scale,
      .width_px = (viewport.width_px - insets.left_px - insets.right_px) * scale,
      .height_px = (viewport.height_px - insets.top_px - insets.bottom_px) * scale,
  };
}

/* Labels stay out of the whole strip, so that none stands beside the card as if it belonged to it. */
static CoterieOverlay
get_strip (const Work *work, const Card *card, const CoterieOverlay *legend)
{
  CoterieOverlay strip = get_whole (work);

  if (card->aside && card->at_right) {
    strip.x_px = legend->x_px;
    strip.width_px = work->page.width_px - legend->x_px;
  } else if (card->aside) {
    strip.width_px = legend->x_px + legend->width_px;
  } else if (card->at_top) {
    strip.height_px = legend->y_px + legend->height_px;
  } else {
    strip.y_px = legend->y_px;
    strip.height_px = work->page.height_px - legend->y_px;
  }
  return strip;
}

static void
add_overlay (CoterieDrawingView *view, CoterieOverlay overlay)
{
  view->overlays[view->n_overlays++] = (CoterieOverlay){
      overlay.x_px / view->scale,
      overlay.y_px / view->scale,
      overlay.width_px / view->scale,
      overlay.height_px / view->scale,
  };
}

/* The card is at @legend, and the graph where it is after @step. */
static void
take_card (const Work *work,
           const Card *card,
           guint step,
           CoterieOverlay legend,
           CoterieDrawingView view,
           CoteriePictureLayout *layout)
{
  gboolean in_strip = step == N_STEPS;

  /* Below the graph, alone in its strip, the card is in the middle. */
  if (in_strip && !card->aside)
    legend.x_px = 0.5 * (work->page.width_px - legend.width_px);
  add_overlay (&view, in_strip ? get_strip (work, card, &legend) : legend);
  *layout = (CoteriePictureLayout){
      .size = work->page,
      .view = view,
      .frame = in_strip && work->picture->seen != NULL ? get_frame (work, card) : get_whole (work),
      .form = card->form,
      .legend = legend,
      .unit_px = card->unit_px,
  };
}

/* In a high picture a card above or below the graph may leave more room than the graph takes: where it gets
 * no smaller it moves on from @step, into the middle of what is left. */
static guint
move_on (const Work *work, Card *card, guint step, double scale)
{
  if (work->page.height_px <= work->page.width_px || (card->aside && step > 0))
    return step;
  card->aside = FALSE;
  while (step < N_STEPS) {
    CoterieViewport viewport = make_way (work, card, step + 1);

    if (!coterie_camera_has_room (&viewport) ||
        get_view (work, &viewport).camera.scale < scale * (1.0 - SAME_SIZE_FRAC))
      break;
    step++;
  }
  return step;
}

/* Takes the card into @layout if the graph gets larger than by @best. */
static void
try_card (const Work *work, Card card, CoteriePictureLayout *layout, double *best)
{
  CoterieOverlay legend = place_card (work, &card);

  for (guint step = 0; step <= N_STEPS; step++) {
    CoterieViewport viewport = make_way (work, &card, step);
    CoterieDrawingView view = get_view (work, &viewport);

    if (!coterie_camera_has_room (&viewport) || view.camera.scale <= *best * GAIN_FRAC)
      return;
    if (step == N_STEPS || is_free (work, &legend, &view)) {
      *best = view.camera.scale;
      step = move_on (work, &card, step, view.camera.scale);
      viewport = make_way (work, &card, step);
      take_card (work, &card, step, legend, get_view (work, &viewport), layout);
      return;
    }
  }
}

/* Returns: whether it is narrow enough for the picture, and not too high. */
static gboolean
measure_card (const Work *work, Card *card)
{
  double width, height;

  coterie_picture_legend_measure (work->picture->legend, card->form, &width, &height);
  card->width_px = width * card->unit_px;
  card->height_px = height * card->unit_px;
  return width > 0.0 && (width + 2.0 * BORDER) * card->unit_px <= work->page.width_px &&
         (height + 2.0 * BORDER) * card->unit_px <= work->page.height_px;
}

/* All places of all cards with so many rows in letters of one size. Returns: how large the graph is,
 * as a fraction of its size without a legend; 0 if there is no place. */
static double
try_rows (const Work *work, guint n_rows, double unit_px, CoteriePictureLayout *layout)
{
  double best = 0.0;

  for (guint n_columns = 1; n_columns <= MIN (MAX_COLUMNS, MAX (n_rows, 1)); n_columns++) {
    Card card = {.form = {n_rows, n_columns}, .unit_px = unit_px};

    if (!measure_card (work, &card))
      continue;
    for (guint place = 0; place < 8; place++) {
      card.aside = place % 2 == 0;
      card.at_right = place / 2 % 2 == 1;
      card.at_top = place / 4 == 1;
      try_card (work, card, layout, &best);
    }
  }
  return best / work->size;
}

/* Returns: how large the graph is, as try_rows(). */
static double
try_sizes (const Work *work, guint n_rows, CoteriePictureLayout *layout)
{
  const CoteriePictureSize *size = &work->page;
  CoteriePictureLayout smaller;
  double frac = try_rows (work, n_rows, size->text_scale, layout);
  double smaller_frac;

  if (frac >= WANTED_SIZE_FRAC || size->least_text_scale >= size->text_scale)
    return frac;
  smaller_frac = try_rows (work, n_rows, size->least_text_scale, &smaller);
  if (smaller_frac > frac)
    *layout = smaller;
  return fmax (frac, smaller_frac);
}

/* Returns: whether there is a place for the legend. */
static gboolean
place_legend (const Work *work, CoteriePictureLayout *layout)
{
  guint n_rows = coterie_picture_legend_get_n_rows (work->picture->legend);
  double frac = try_sizes (work, n_rows, layout);

  for (guint i = 0; frac < WANTED_SIZE_FRAC && i < G_N_ELEMENTS (fewer_rows); i++)
    if (fewer_rows[i] < n_rows) {
      CoteriePictureLayout fewer;
      double fewer_frac = try_sizes (work, fewer_rows[i], &fewer);

      if (fewer_frac > frac * GAIN_FRAC) {
        *layout = fewer;
        frac = fewer_frac;
      }
    }
  return frac >= LEAST_SIZE_FRAC;
}

/* With all rows, in as few lines as fit below each other, and then in as few columns. Returns: whether
 * there is such a card. */
static gboolean
find_flattest (const Work *work, Card *flattest)
{
  guint n_rows = coterie_picture_legend_get_n_rows (work->picture->legend);

  *flattest = (Card){0};
  for (guint n_columns = 1; n_columns <= MIN (MAX_COLUMNS, MAX (n_rows, 1)); n_columns++) {
    Card card = {.form = {n_rows, n_columns}, .unit_px = work->page.text_scale};

    if (measure_card (work, &card) &&
        (flattest->height_px <= 0.0 || card.height_px < flattest->height_px))
      *flattest = card;
  }
  return flattest->height_px > 0.0;
}

/* How high the picture is in which the graph is as wide as it can be, above the card; pixels. */
static double
find_full_height (const Work *work, const Card *card)
{
  CoterieViewport viewport = make_way (work, card, N_STEPS);
  double width = work->bounds.max_x - work->bounds.min_x;
  double height = work->bounds.max_y - work->bounds.min_y;
  double room_px = viewport.width_px - 2.0 * viewport.margin_px;
  double others_px = viewport.insets.top_px + viewport.insets.bottom_px + 2.0 * viewport.margin_px;

  return (others_px + (width > 0.0 ? room_px * height / width : 0.0)) * work->page.scale;
}

/* Puts the legend below the graph in a picture that becomes higher for it, a square at the most, if the
 * graph gets larger than by @best. */
static void
try_below (const Work *work, CoteriePictureLayout *layout, double best)
{
  Work grown;
  CoterieViewport viewport;
  CoterieDrawingView view;
  Card card;

  if (!work->page.grows || !find_flattest (work, &card))
    return;
  grown = *work;
  if (work->picture->seen == NULL && work->picture->drawing->geometry->n_labels > 0)
    grown.viewport.margin_px = fmin (MARGIN_PX, LABELLED_MARGIN_FRAC * work->viewport.width_px);
  grown.page.height_px = (int) round (CLAMP (find_full_height (&grown, &card), work->page.height_px,
                                             fmax (work->page.width_px, work->page.height_px)));
  grown.page.height_pt = 0.0;
  grown.viewport.height_px = grown.page.height_px / grown.page.scale;
  viewport = make_way (&grown, &card, N_STEPS);
  view = get_view (&grown, &viewport);
  if (coterie_camera_has_room (&viewport) && view.camera.scale > best * GAIN_FRAC &&
      view.camera.scale >= LEAST_SIZE_FRAC * work->size)
    take_card (&grown, &card, N_STEPS, place_card (&grown, &card), view, layout);
}

/**
 * coterie_picture_layout_compute:
 * @layout: (out caller-allocates): where everything is
 * @picture: a picture
 *
 * Shows what the window shows, or else everything, as large as the legend leaves room for; in a picture that
 * grows it goes below the graph where that is then larger. Cost: some
 * hundred passes over the nodes at the most.
 */
void
coterie_picture_layout_compute (CoteriePictureLayout *layout, const CoteriePicture *picture)
{
  Work work;
  gboolean placed;

  work_init (&work, picture);
  placed = picture->legend != NULL && place_legend (&work, layout);
  if (!placed)
    *layout = (CoteriePictureLayout){
        .size = work.page,
        .view = get_view (&work, &work.viewport),
        .frame = get_whole (&work),
    };
  if (picture->legend != NULL)
    try_below (&work, layout, placed ? layout->view.camera.scale : 0.0);
}
