/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n.h>

#include "chorus-detection-row.h"
#include "chorus-detections-pane.h"
#include "chorus-error-box.h"
#include "chorus-verdict-bar.h"

struct _ChorusDetectionsPane
{
  AdwBin parent_instance;

  /* Template widgets */
  GtkProgressBar *progress_bar;
  GtkLabel *reviewed_label;
  GtkWidget *confidence_box;
  GtkAdjustment *confidence_adjustment;
  GtkLabel *confidence_label;
  GtkStack *stack;
  GtkListView *list_view;
  GtkLabel *message_label;
  GtkWidget *analyze_button;
  ChorusErrorBox *error_box;
  ChorusVerdictBar *verdict_bar;

  /* Owned references */
  ChorusRecording *recording;
  GListModel *detections;
  ChorusReview *review;
  GtkSortListModel *sorted;
  GtkFilterListModel *filtered;
  GtkFilter *filter;
  GtkSingleSelection *selection;
  GSignalGroup *recording_signals;
  GSignalGroup *detections_signals;
};

enum
{
  PROP_0,
  PROP_SELECTED_DETECTION,
  PROP_MINIMUM_CONFIDENCE,
  N_PROPS
};

enum
{
  SIGNAL_PLAY,
  N_SIGNALS
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (ChorusDetectionsPane, chorus_detections_pane, ADW_TYPE_BIN)

static int
chorus_detections_pane_compare (gconstpointer a,
                                gconstpointer b,
                                gpointer      user_data)
{
  double start_a = chorus_detection_get_start ((ChorusDetection *) a);
  double start_b = chorus_detection_get_start ((ChorusDetection *) b);

  return (start_a > start_b) - (start_a < start_b);
}

/* A detection without a confidence is always shown: nobody can say that it is below. */
static gboolean
chorus_detections_pane_filter (gpointer item,
                               gpointer user_data)
{
  ChorusDetectionsPane *self = user_data;

  return !(chorus_detection_get_confidence (item) < gtk_adjustment_get_value (self->confidence_adjustment) - 1e-9);
}

static void
chorus_detections_pane_update_counts (ChorusDetectionsPane *self)
{
  guint n_detections = self->detections != NULL ? g_list_model_get_n_items (self->detections) : 0;
  guint n_reviewed = 0;
  g_autofree char *text = NULL;

  for (guint i = 0; i < n_detections; i++)
    {
      g_autoptr (ChorusDetection) detection = g_list_model_get_item (self->detections, i);

      n_reviewed += chorus_detection_get_verdict (detection) != CHORUS_VERDICT_NONE;
    }

  /* Translators: how many of the detections have a verdict, such as "6 of 14 reviewed" */
  text = g_strdup_printf (_("%u of %u reviewed"), n_reviewed, n_detections);
  gtk_label_set_text (self->reviewed_label, text);
  gtk_widget_set_visible (GTK_WIDGET (self->reviewed_label), n_detections > 0);
  gtk_progress_bar_set_fraction (self->progress_bar, n_detections > 0 ? (double) n_reviewed / n_detections : 0);
}

static void
chorus_detections_pane_update_message (ChorusDetectionsPane *self)
{
  guint n_detections = self->detections != NULL ? g_list_model_get_n_items (self->detections) : 0;
  gboolean can_analyze = FALSE;
  const char *text = "";

  if (n_detections > 0)
    text = _("No detection is that certain. Move the slider to the left to see more.");
  else if (self->recording != NULL)
    switch (chorus_recording_get_status (self->recording))
      {
      case CHORUS_RECORDING_TO_ANALYZE:
        text = _("Not analyzed yet");
        can_analyze = TRUE;
        break;
      case CHORUS_RECORDING_ANALYZING:
        text = _("Analyzing. Detections appear here by themselves.");
        break;
      case CHORUS_RECORDING_NO_DETECTIONS:
        text = _("No detections in this recording");
        break;
      case CHORUS_RECORDING_FAILED:
      case CHORUS_RECORDING_REFUSED:
        text = chorus_recording_get_reason (self->recording);
        break;
      case CHORUS_RECORDING_UPLOADED:
      case CHORUS_RECORDING_WAITING:
      case CHORUS_RECORDING_CHECKING:
      case CHORUS_RECORDING_UPLOADING:
        text = _("A recording is analyzed after it has been uploaded.");
        break;
      case CHORUS_RECORDING_DETECTIONS:
      default:
        break;
      }

  gtk_label_set_text (self->message_label, text != NULL ? text : "");
  gtk_widget_set_visible (self->analyze_button, can_analyze);
  gtk_widget_set_visible (self->confidence_box, n_detections > 0);
  gtk_widget_set_visible (GTK_WIDGET (self->progress_bar), n_detections > 0);
  gtk_widget_set_visible (GTK_WIDGET (self->verdict_bar), n_detections > 0);
  gtk_stack_set_visible_child_name (self->stack,
                                    g_list_model_get_n_items (G_LIST_MODEL (self->filtered)) > 0 ? "list" : "message");
}

static void
chorus_detections_pane_items_changed_cb (ChorusDetectionsPane *self)
{
  g_assert (CHORUS_IS_DETECTIONS_PANE (self));

  chorus_detections_pane_update_counts (self);
  chorus_detections_pane_update_message (self);
}

static void
chorus_detections_pane_selected_cb (ChorusDetectionsPane *self)
{
  ChorusDetection *detection;

  g_assert (CHORUS_IS_DETECTIONS_PANE (self));

  detection = chorus_detections_pane_get_selected_detection (self);
  chorus_verdict_bar_set_detection (self->verdict_bar, detection);
  gtk_widget_set_sensitive (GTK_WIDGET (self->verdict_bar), detection != NULL && self->review != NULL);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SELECTED_DETECTION]);
}

static void
chorus_detections_pane_confidence_cb (ChorusDetectionsPane *self)
{
  g_autofree char *text = NULL;

  g_assert (CHORUS_IS_DETECTIONS_PANE (self));

  text = g_strdup_printf ("%.2f", gtk_adjustment_get_value (self->confidence_adjustment));
  gtk_label_set_text (self->confidence_label, text);

  /* The template sets the adjustment up before there is a filter. */
  if (self->filter != NULL)
    gtk_filter_changed (self->filter, GTK_FILTER_CHANGE_DIFFERENT);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_MINIMUM_CONFIDENCE]);
}

static void
chorus_detections_pane_activate_cb (ChorusDetectionsPane *self,
                                    guint                 position)
{
  g_autoptr (ChorusDetection) detection = g_list_model_get_item (G_LIST_MODEL (self->selection), position);

  if (detection != NULL)
    g_signal_emit (self, signals[SIGNAL_PLAY], 0, detection);
}

static void
chorus_detections_pane_row_clicked_cb (ChorusDetectionsPane *self,
                                       ChorusDetectionRow   *row)
{
  ChorusDetection *detection = chorus_detection_row_get_detection (row);

  if (detection != NULL)
    g_signal_emit (self, signals[SIGNAL_PLAY], 0, detection);
}

static void
chorus_detections_pane_setup_row_cb (ChorusDetectionsPane *self,
                                     GtkListItem          *item)
{
  GtkWidget *row = chorus_detection_row_new ();

  g_signal_connect_object (row, "clicked", G_CALLBACK (chorus_detections_pane_row_clicked_cb), self, G_CONNECT_SWAPPED);
  gtk_list_item_set_child (item, row);
}

static void
chorus_detections_pane_bind_row_cb (ChorusDetectionsPane *self,
                                    GtkListItem          *item)
{
  chorus_detection_row_set_detection (CHORUS_DETECTION_ROW (gtk_list_item_get_child (item)),
                                      gtk_list_item_get_item (item));
}

static void
chorus_detections_pane_unbind_row_cb (ChorusDetectionsPane *self,
                                      GtkListItem          *item)
{
  chorus_detection_row_set_detection (CHORUS_DETECTION_ROW (gtk_list_item_get_child (item)), NULL);
}

static void
chorus_detections_pane_create_list (ChorusDetectionsPane *self)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  GtkSorter *sorter = GTK_SORTER (gtk_custom_sorter_new (chorus_detections_pane_compare, NULL, NULL));

  g_signal_connect_object (factory, "setup", G_CALLBACK (chorus_detections_pane_setup_row_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (factory, "bind", G_CALLBACK (chorus_detections_pane_bind_row_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (factory, "unbind", G_CALLBACK (chorus_detections_pane_unbind_row_cb), self,
                           G_CONNECT_SWAPPED);

  self->filter = GTK_FILTER (gtk_custom_filter_new (chorus_detections_pane_filter, self, NULL));
  self->sorted = gtk_sort_list_model_new (NULL, sorter);
  self->filtered = gtk_filter_list_model_new (g_object_ref (G_LIST_MODEL (self->sorted)), g_object_ref (self->filter));
  self->selection = gtk_single_selection_new (g_object_ref (G_LIST_MODEL (self->filtered)));
  gtk_single_selection_set_autoselect (self->selection, FALSE);
  gtk_single_selection_set_can_unselect (self->selection, TRUE);

  g_signal_connect_object (self->filtered, "items-changed", G_CALLBACK (chorus_detections_pane_items_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->selection, "notify::selected-item", G_CALLBACK (chorus_detections_pane_selected_cb),
                           self, G_CONNECT_SWAPPED);

  gtk_list_view_set_model (self->list_view, GTK_SELECTION_MODEL (self->selection));
  gtk_list_view_set_factory (self->list_view, factory);
  g_object_unref (factory);
}

/* In the review the arrows and the space bar judge and play, as in BirdNET-Analyzer, before the list takes them. */
static void
chorus_detections_pane_add_keys (ChorusDetectionsPane *self)
{
  static const struct
  {
    guint key;
    const char *action;
  } keys[] = {
    { GDK_KEY_Up, "review.confirm" },    { GDK_KEY_Down, "review.reject" }, { GDK_KEY_Right, "review.next" },
    { GDK_KEY_Left, "review.previous" }, { GDK_KEY_space, "review.play" },
  };
  GtkEventController *controller = gtk_shortcut_controller_new ();

  gtk_event_controller_set_propagation_phase (controller, GTK_PHASE_CAPTURE);
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (controller),
                                          gtk_shortcut_new (gtk_keyval_trigger_new (keys[i].key, 0),
                                                            gtk_named_action_new (keys[i].action)));
  gtk_widget_add_controller (GTK_WIDGET (self->list_view), controller);
}

static void
chorus_detections_pane_saved_cb (GObject      *object,
                                 GAsyncResult *result,
                                 gpointer      user_data)
{
  g_autoptr (ChorusDetectionsPane) self = user_data;
  g_autoptr (GError) error = NULL;

  chorus_review_set_verdict_finish (CHORUS_REVIEW (object), result, &error);
  if (self->selection == NULL)
    return;

  chorus_error_box_set_error (self->error_box, error);
  chorus_detections_pane_update_counts (self);
}

/* Shows what an undo or a redo was about. */
static void
chorus_detections_pane_return_to (ChorusDetectionsPane *self,
                                  ChorusDetection      *detection,
                                  const GError         *error)
{
  if (self->selection == NULL)
    return;

  chorus_error_box_set_error (self->error_box, error);
  chorus_detections_pane_update_counts (self);
  if (detection != NULL)
    chorus_detections_pane_select_id (self, chorus_detection_get_detection_id (detection));
}

static void
chorus_detections_pane_undone_cb (GObject      *object,
                                  GAsyncResult *result,
                                  gpointer      user_data)
{
  g_autoptr (ChorusDetectionsPane) self = user_data;
  g_autoptr (ChorusDetection) detection = NULL;
  g_autoptr (GError) error = NULL;

  detection = chorus_review_undo_finish (CHORUS_REVIEW (object), result, &error);
  chorus_detections_pane_return_to (self, detection, error);
}

static void
chorus_detections_pane_redone_cb (GObject      *object,
                                  GAsyncResult *result,
                                  gpointer      user_data)
{
  g_autoptr (ChorusDetectionsPane) self = user_data;
  g_autoptr (ChorusDetection) detection = NULL;
  g_autoptr (GError) error = NULL;

  detection = chorus_review_redo_finish (CHORUS_REVIEW (object), result, &error);
  chorus_detections_pane_return_to (self, detection, error);
}

static void
chorus_detections_pane_get_property (GObject    *object,
                                     guint       prop_id,
                                     GValue     *value,
                                     GParamSpec *pspec)
{
  ChorusDetectionsPane *self = CHORUS_DETECTIONS_PANE (object);

  switch (prop_id)
    {
    case PROP_SELECTED_DETECTION:
      g_value_set_object (value, chorus_detections_pane_get_selected_detection (self));
      break;
    case PROP_MINIMUM_CONFIDENCE:
      g_value_set_double (value, gtk_adjustment_get_value (self->confidence_adjustment));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
chorus_detections_pane_set_property (GObject      *object,
                                     guint         prop_id,
                                     const GValue *value,
                                     GParamSpec   *pspec)
{
  ChorusDetectionsPane *self = CHORUS_DETECTIONS_PANE (object);

  switch (prop_id)
    {
    case PROP_SELECTED_DETECTION:
      chorus_detections_pane_set_selected_detection (self, g_value_get_object (value));
      break;
    case PROP_MINIMUM_CONFIDENCE:
      gtk_adjustment_set_value (self->confidence_adjustment, g_value_get_double (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
chorus_detections_pane_dispose (GObject *object)
{
  ChorusDetectionsPane *self = CHORUS_DETECTIONS_PANE (object);

  if (self->list_view != NULL)
    gtk_list_view_set_model (self->list_view, NULL);

  gtk_widget_dispose_template (GTK_WIDGET (self), CHORUS_TYPE_DETECTIONS_PANE);
  g_clear_object (&self->recording_signals);
  g_clear_object (&self->detections_signals);
  g_clear_object (&self->selection);
  g_clear_object (&self->filtered);
  g_clear_object (&self->sorted);
  g_clear_object (&self->filter);
  g_clear_object (&self->review);
  g_clear_object (&self->detections);
  g_clear_object (&self->recording);

  G_OBJECT_CLASS (chorus_detections_pane_parent_class)->dispose (object);
}

static void
chorus_detections_pane_class_init (ChorusDetectionsPaneClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = chorus_detections_pane_dispose;
  object_class->get_property = chorus_detections_pane_get_property;
  object_class->set_property = chorus_detections_pane_set_property;

  properties[PROP_SELECTED_DETECTION] =
    g_param_spec_object ("selected-detection", NULL, NULL, CHORUS_TYPE_DETECTION,
                         G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  properties[PROP_MINIMUM_CONFIDENCE] =
    g_param_spec_double ("minimum-confidence", NULL, NULL, 0, 1, 0,
                         G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);

  g_object_class_install_properties (object_class, N_PROPS, properties);

  signals[SIGNAL_PLAY] = g_signal_new ("play", CHORUS_TYPE_DETECTIONS_PANE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                       G_TYPE_NONE, 1, CHORUS_TYPE_DETECTION);

  g_type_ensure (CHORUS_TYPE_ERROR_BOX);
  g_type_ensure (CHORUS_TYPE_VERDICT_BAR);

  gtk_widget_class_set_template_from_resource (widget_class, "/com/darukaa/Chorus/chorus-detections-pane.ui");
  gtk_widget_class_bind_template_child (widget_class, ChorusDetectionsPane, progress_bar);
  gtk_widget_class_bind_template_child (widget_class, ChorusDetectionsPane, reviewed_label);
  gtk_widget_class_bind_template_child (widget_class, ChorusDetectionsPane, confidence_box);
  gtk_widget_class_bind_template_child (widget_class, ChorusDetectionsPane, confidence_adjustment);
  gtk_widget_class_bind_template_child (widget_class, ChorusDetectionsPane, confidence_label);
  gtk_widget_class_bind_template_child (widget_class, ChorusDetectionsPane, stack);
  gtk_widget_class_bind_template_child (widget_class, ChorusDetectionsPane, list_view);
  gtk_widget_class_bind_template_child (widget_class, ChorusDetectionsPane, message_label);
  gtk_widget_class_bind_template_child (widget_class, ChorusDetectionsPane, analyze_button);
  gtk_widget_class_bind_template_child (widget_class, ChorusDetectionsPane, error_box);
  gtk_widget_class_bind_template_child (widget_class, ChorusDetectionsPane, verdict_bar);
  gtk_widget_class_bind_template_callback (widget_class, chorus_detections_pane_confidence_cb);
  gtk_widget_class_bind_template_callback (widget_class, chorus_detections_pane_activate_cb);
}

static void
chorus_detections_pane_init (ChorusDetectionsPane *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));

  chorus_detections_pane_create_list (self);
  chorus_detections_pane_add_keys (self);

  self->recording_signals = g_signal_group_new (CHORUS_TYPE_RECORDING);
  g_signal_group_connect_object (self->recording_signals, "notify::status",
                                 G_CALLBACK (chorus_detections_pane_update_message), self, G_CONNECT_SWAPPED);

  self->detections_signals = g_signal_group_new (G_TYPE_LIST_MODEL);
  g_signal_group_connect_object (self->detections_signals, "items-changed",
                                 G_CALLBACK (chorus_detections_pane_items_changed_cb), self, G_CONNECT_SWAPPED);

  chorus_detections_pane_confidence_cb (self);
  chorus_detections_pane_items_changed_cb (self);
}

/* Where to begin: at the first detection that nobody has judged. */
static guint
chorus_detections_pane_find_unreviewed (ChorusDetectionsPane *self,
                                        guint                 from)
{
  guint n_items = g_list_model_get_n_items (G_LIST_MODEL (self->selection));

  for (guint i = from; i < n_items; i++)
    {
      g_autoptr (ChorusDetection) detection = g_list_model_get_item (G_LIST_MODEL (self->selection), i);

      if (chorus_detection_get_verdict (detection) == CHORUS_VERDICT_NONE)
        return i;
    }

  return GTK_INVALID_LIST_POSITION;
}

static void
chorus_detections_pane_select_position (ChorusDetectionsPane *self,
                                        guint                 position)
{
  gtk_widget_activate_action (GTK_WIDGET (self->list_view), "list.select-item", "(ubb)", position, FALSE, FALSE);
  gtk_single_selection_set_selected (self->selection, position);
  gtk_widget_activate_action (GTK_WIDGET (self->list_view), "list.scroll-to-item", "u", position);
}

void
chorus_detections_pane_set_detections (ChorusDetectionsPane *self,
                                       ChorusRecording      *recording,
                                       GListModel           *detections,
                                       ChorusReview         *review)
{
  guint first;

  g_return_if_fail (CHORUS_IS_DETECTIONS_PANE (self));
  g_return_if_fail (recording == NULL || CHORUS_IS_RECORDING (recording));
  g_return_if_fail (detections == NULL || G_IS_LIST_MODEL (detections));
  g_return_if_fail (review == NULL || CHORUS_IS_REVIEW (review));

  g_set_object (&self->recording, recording);
  g_set_object (&self->detections, detections);
  g_set_object (&self->review, review);

  g_signal_group_set_target (self->recording_signals, recording);
  g_signal_group_set_target (self->detections_signals, detections);
  gtk_sort_list_model_set_model (self->sorted, detections);
  chorus_error_box_set_error (self->error_box, NULL);
  chorus_detections_pane_items_changed_cb (self);

  first = chorus_detections_pane_find_unreviewed (self, 0);
  if (first != GTK_INVALID_LIST_POSITION)
    chorus_detections_pane_select_position (self, first);
  chorus_detections_pane_selected_cb (self);
}

ChorusDetection *
chorus_detections_pane_get_selected_detection (ChorusDetectionsPane *self)
{
  g_return_val_if_fail (CHORUS_IS_DETECTIONS_PANE (self), NULL);

  return self->selection != NULL ? gtk_single_selection_get_selected_item (self->selection) : NULL;
}

gboolean
chorus_detections_pane_focus_list (ChorusDetectionsPane *self)
{
  g_return_val_if_fail (CHORUS_IS_DETECTIONS_PANE (self), FALSE);

  return self->selection != NULL && g_list_model_get_n_items (G_LIST_MODEL (self->selection)) > 0
         && gtk_widget_child_focus (GTK_WIDGET (self->list_view), GTK_DIR_TAB_FORWARD);
}

void
chorus_detections_pane_set_selected_detection (ChorusDetectionsPane *self,
                                               ChorusDetection      *detection)
{
  guint n_items;

  g_return_if_fail (CHORUS_IS_DETECTIONS_PANE (self));
  g_return_if_fail (detection == NULL || CHORUS_IS_DETECTION (detection));

  if (detection == chorus_detections_pane_get_selected_detection (self))
    return;

  if (detection == NULL)
    {
      gtk_single_selection_set_selected (self->selection, GTK_INVALID_LIST_POSITION);
      return;
    }

  if (!chorus_detections_pane_filter (detection, self))
    gtk_adjustment_set_value (self->confidence_adjustment, chorus_detection_get_confidence (detection));

  n_items = g_list_model_get_n_items (G_LIST_MODEL (self->selection));
  for (guint i = 0; i < n_items; i++)
    {
      g_autoptr (ChorusDetection) item = g_list_model_get_item (G_LIST_MODEL (self->selection), i);

      if (item == detection)
        {
          chorus_detections_pane_select_position (self, i);
          break;
        }
    }
}

void
chorus_detections_pane_select_relative (ChorusDetectionsPane *self,
                                        int                   step)
{
  guint n_items;
  guint selected;

  g_return_if_fail (CHORUS_IS_DETECTIONS_PANE (self));
  g_return_if_fail (step == 1 || step == -1);

  n_items = g_list_model_get_n_items (G_LIST_MODEL (self->selection));
  selected = gtk_single_selection_get_selected (self->selection);

  if (selected == GTK_INVALID_LIST_POSITION)
    selected = step > 0 ? 0 : n_items - 1;
  else if (step > 0)
    selected += 1;
  else
    selected = selected > 0 ? selected - 1 : 0;

  if (selected < n_items)
    chorus_detections_pane_select_position (self, selected);
}

void
chorus_detections_pane_give_verdict (ChorusDetectionsPane *self,
                                     ChorusVerdict         verdict)
{
  ChorusDetection *detection;

  g_return_if_fail (CHORUS_IS_DETECTIONS_PANE (self));

  detection = chorus_detections_pane_get_selected_detection (self);
  if (detection == NULL || self->review == NULL || self->recording == NULL)
    return;

  /* Never canceled: a verdict that was given is kept, whatever is closed meanwhile. */
  chorus_review_set_verdict_async (self->review, self->recording, detection, verdict, NULL,
                                   chorus_detections_pane_saved_cb, g_object_ref (self));
  if (verdict != CHORUS_VERDICT_NONE)
    chorus_detections_pane_advance (self);
}

void
chorus_detections_pane_advance (ChorusDetectionsPane *self)
{
  guint next;

  g_return_if_fail (CHORUS_IS_DETECTIONS_PANE (self));

  next = chorus_detections_pane_find_unreviewed (self, gtk_single_selection_get_selected (self->selection) + 1);
  if (next != GTK_INVALID_LIST_POSITION)
    chorus_detections_pane_select_position (self, next);
}

void
chorus_detections_pane_select_id (ChorusDetectionsPane *self,
                                  gint64                detection_id)
{
  guint n_items;

  g_return_if_fail (CHORUS_IS_DETECTIONS_PANE (self));

  n_items = self->detections != NULL ? g_list_model_get_n_items (self->detections) : 0;
  for (guint i = 0; i < n_items; i++)
    {
      g_autoptr (ChorusDetection) detection = g_list_model_get_item (self->detections, i);

      if (chorus_detection_get_detection_id (detection) == detection_id)
        {
          chorus_detections_pane_set_selected_detection (self, detection);
          break;
        }
    }
}

void
chorus_detections_pane_take_state (ChorusDetectionsPane *self,
                                   ChorusDetection      *detection)
{
  guint n_items;

  g_return_if_fail (CHORUS_IS_DETECTIONS_PANE (self));

  n_items = self->detections != NULL ? g_list_model_get_n_items (self->detections) : 0;
  for (guint i = 0; i < n_items; i++)
    {
      g_autoptr (ChorusDetection) item = g_list_model_get_item (self->detections, i);

      if (item != detection
          && chorus_detection_get_detection_id (item) == chorus_detection_get_detection_id (detection))
        chorus_detection_set_state (item, chorus_detection_get_state (detection));
    }
  chorus_detections_pane_update_counts (self);
}

void
chorus_detections_pane_undo (ChorusDetectionsPane *self)
{
  g_return_if_fail (CHORUS_IS_DETECTIONS_PANE (self));

  if (self->review != NULL)
    chorus_review_undo_async (self->review, NULL, chorus_detections_pane_undone_cb, g_object_ref (self));
}

void
chorus_detections_pane_redo (ChorusDetectionsPane *self)
{
  g_return_if_fail (CHORUS_IS_DETECTIONS_PANE (self));

  if (self->review != NULL)
    chorus_review_redo_async (self->review, NULL, chorus_detections_pane_redone_cb, g_object_ref (self));
}

ChorusVerdictBar *
chorus_detections_pane_get_verdict_bar (ChorusDetectionsPane *self)
{
  g_return_val_if_fail (CHORUS_IS_DETECTIONS_PANE (self), NULL);

  return self->verdict_bar;
}

void
chorus_detections_pane_show_error (ChorusDetectionsPane *self,
                                   const GError         *error)
{
  g_return_if_fail (CHORUS_IS_DETECTIONS_PANE (self));

  chorus_error_box_set_error (self->error_box, error);
}
