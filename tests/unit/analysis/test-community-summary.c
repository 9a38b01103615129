/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "core/analysis/community-summary.h"
#include "core/analysis/lineage.h"

/* Ten nodes: six of community 0 (classes 2, 2, 2, 1, 1, 0), three of 1 (class 3), one of 2. */
static const guint32 communities[] = {0, 0, 0, 0, 0, 0, 1, 1, 1, 2};
static const guint32 node_classes[] = {2, 2, 2, 1, 1, 0, 3, 3, 3, 0};

static CoterieShownCommunities
create_layer (CoterieLayerAnalysis *analysis, const guint32 *identities)
{
  *analysis = (CoterieLayerAnalysis){
      .layer = 1,
      .n_classes = 4,
      .n_nodes = G_N_ELEMENTS (communities),
      .node_classes = node_classes,
  };
  return (CoterieShownCommunities){.analysis = analysis,
                                   .n_communities = 3,
                                   .communities = communities,
                                   .identities = identities};
}

static void
test_names_the_commonest_classes (void)
{
  const guint32 identities[] = {4, 1, 7};
  CoterieLayerAnalysis analysis;
  CoterieShownCommunities layer = create_layer (&analysis, identities);
  CoterieCommunitySummary summary = coterie_community_summarize (&layer, 0);

  g_assert_cmpuint (summary.identity, ==, 4);
  g_assert_cmpuint (summary.size, ==, 6);
  g_assert_cmpuint (summary.n_classes, ==, 2);
  g_assert_cmpuint (summary.classes[0], ==, 2);
  g_assert_cmpuint (summary.classes[1], ==, 1);
}

static CoterieCommunitySummary *
summarize_largest (const guint32 *identities, guint most, guint *n_summaries)
{
  CoterieLayerAnalysis analysis;
  CoterieShownCommunities layer = create_layer (&analysis, identities);

  return coterie_community_summarize_largest (&layer, most, n_summaries);
}

static void
test_lists_by_identity (void)
{
  const guint32 identities[] = {4, 1, 0};
  guint n_summaries;
  g_autofree CoterieCommunitySummary *summaries = summarize_largest (identities, 8, &n_summaries);

  /* The single node is no community to speak of. */
  g_assert_cmpuint (n_summaries, ==, 2);
  g_assert_cmpuint (summaries[0].identity, ==, 1);
  g_assert_cmpuint (summaries[1].identity, ==, 4);
}

static void
test_leaves_out_what_has_no_identity (void)
{
  const guint32 identities[] = {4, COTERIE_LINEAGE_NONE, COTERIE_LINEAGE_NONE};
  guint n_summaries;
  g_autofree CoterieCommunitySummary *summaries = summarize_largest (identities, 8, &n_summaries);

  g_assert_cmpuint (n_summaries, ==, 1);
  g_assert_cmpuint (summaries[0].identity, ==, 4);
}

static void
test_keeps_to_the_largest (void)
{
  const guint32 identities[] = {4, 1, 0};
  guint n_summaries;
  g_autofree CoterieCommunitySummary *summaries = summarize_largest (identities, 1, &n_summaries);

  g_assert_cmpuint (n_summaries, ==, 1);
  g_assert_cmpuint (summaries[0].size, ==, 6);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/analysis/community-summary/names-the-commonest-classes",
                   test_names_the_commonest_classes);
  g_test_add_func ("/analysis/community-summary/lists-by-identity", test_lists_by_identity);
  g_test_add_func ("/analysis/community-summary/leaves-out-what-has-no-identity",
                   test_leaves_out_what_has_no_identity);
  g_test_add_func ("/analysis/community-summary/keeps-to-the-largest", test_keeps_to_the_largest);
  return g_test_run ();
}
