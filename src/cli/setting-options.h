/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/run/run.h"

G_BEGIN_DECLS

/**
 * CoterieSettingScope:
 * @COTERIE_SETTINGS_OF_RUNS: all of a data set, a training, its analysis and its layout
 * @COTERIE_SETTINGS_OF_RECORDINGS: those of an analysis, which a recording has already
 * @COTERIE_SETTINGS_OF_LAYOUTS: those of a layout, which it has too
 */
typedef enum {
  COTERIE_SETTINGS_OF_RUNS,
  COTERIE_SETTINGS_OF_RECORDINGS,
  COTERIE_SETTINGS_OF_LAYOUTS,
} CoterieSettingScope;

/**
 * CoterieSettingOptions:
 *
 * The settings that were given on the command line.
 */
typedef struct _CoterieSettingOptions CoterieSettingOptions;

CoterieSettingOptions *coterie_setting_options_new (CoterieSettingScope scope,
                                                    GOptionContext *context);
void coterie_setting_options_free (CoterieSettingOptions *options);
gboolean coterie_setting_options_apply (const CoterieSettingOptions *options,
                                        CoterieRunSettings *settings,
                                        CoterieDatasetOptions *dataset_options,
                                        GError **error);
gboolean coterie_setting_options_is_given (const CoterieSettingOptions *options, const char *name);
CoterieDatasetOptionFlags
coterie_setting_options_get_dataset_options (const CoterieSettingOptions *options);
const char *coterie_setting_options_find_recorded (const CoterieSettingOptions *options);
gboolean coterie_setting_options_apply_layout (const CoterieSettingOptions *options,
                                               CoterieLayoutSettings *layout,
                                               GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CoterieSettingOptions, coterie_setting_options_free)

G_END_DECLS
