/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/analysis-popover.h"
#include "app/layout-popover.h"
#include "app/run-page.h"
#include "app/train-dialog.h"
#include "app/welcome-page.h"
#include "app/window.h"
#include "session/session.h"

G_BEGIN_DECLS

struct _CoterieWindow {
  AdwApplicationWindow parent_instance;

  CoterieSession *session;
  GSettings *settings;
  char *previous_path;              /* what was open before what is being opened now */
  AdwToast *ended_toast;            /* weak; offers what belongs to the recording that is open */
  CoterieTrainDialog *train_dialog; /* weak; the one that is open */
  CoterieTrainDialogState *train_state; /* of the last dialog, or %NULL */

  AdwWindowTitle *title;
  GtkStack *pages;
  CoterieWelcomePage *welcome_page;
  AdwStatusPage *loading_page;
  GtkSpinner *spinner;
  GtkWidget *sidebar_button;
  CoterieRunPage *run_page;
  CoterieAnalysisPopover *analysis_popover;
  CoterieLayoutPopover *layout_popover;

  guint inhibition; /* of the desktop's suspending; 0 if there is none */
  gboolean close_when_ended;
};

/* window-actions.c */
void coterie_window_install_actions (GtkWidgetClass *widget_class);
void coterie_window_add_keys (CoterieWindow *self);
void coterie_window_update_actions (CoterieWindow *self);

/* window-messages.c */
AdwToast *coterie_window_show_toast (CoterieWindow *self,
                                     const char *text,
                                     const char *button,
                                     const char *action);
void coterie_window_tell_of_recording (CoterieWindow *self, const char *path);
void coterie_window_show_error (CoterieWindow *self, const char *heading, const char *message);
void coterie_window_update_inhibition (CoterieWindow *self);
void coterie_window_tell_end_of_training (CoterieWindow *self);
void coterie_window_tell_failure (CoterieWindow *self, const GError *error);
void coterie_window_tell_opengl_failed (CoterieWindow *self);

/* window-open.c */
void coterie_window_train_on_digits (CoterieWindow *self);
void coterie_window_train (CoterieWindow *self, const char *name, CoterieRunSettings *settings);
void coterie_window_show_train_dialog (CoterieWindow *self, GFile *dataset);
void coterie_window_accept_files (CoterieWindow *self);

G_END_DECLS
