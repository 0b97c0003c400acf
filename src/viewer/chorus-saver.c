/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "chorus-saver.h"

#include <math.h>

#include <glib/gi18n.h>

#include "audio/chorus-clip-writer.h"
#include "core/chorus-clip-name.h"
#include "core/chorus-text.h"

#include "chorus-clip-provider.h"
#include "chorus-figure-dialog.h"

/* Around a detection, in seconds: enough to hear what it comes out of. */
#define CHORUS_SAVER_PADDING 1.0

#define CHORUS_SAVER_PADDING_CHOICE "padding"

/* A file that is about to be written. */
typedef struct
{
  ChorusClip *clip;
  char *name;
} ChorusSaverJob;

struct _ChorusSaver
{
  GObject parent_instance;

  GtkWidget *owner; /* borrowed */
  ChorusSaveBar *bar;
  ChorusViewSession *session;
  GListModel *detections;
  char *recording_name;

  /* What is being asked and saved */
  GtkFileChooserNative *chooser;
  ChorusFigureDialog *dialog; /* while it is open */
  GFile *folder;              /* where the last one went */
  ChorusFigure *figure;
  GPtrArray *jobs; /* of ChorusSaverJob */
  guint n_done;
  GCancellable *cancellable;
};

G_DEFINE_FINAL_TYPE (ChorusSaver, chorus_saver, G_TYPE_OBJECT)

static void chorus_saver_write_next (ChorusSaver *self);

static void
chorus_saver_job_free (gpointer data)
{
  ChorusSaverJob *self = data;

  g_clear_pointer (&self->clip, chorus_clip_free);
  g_free (self->name);
  g_free (self);
}

static const char *
chorus_saver_get_species (ChorusDetection *detection)
{
  const char *scientific = chorus_detection_get_scientific_name (detection);

  return scientific ? scientific : chorus_detection_get_common_name (detection);
}

/* What metadata say about where a clip is from. Not translated: other people's programs read it. */
static char *
chorus_saver_make_note (ChorusSaver               *self,
                        ChorusTimeSpan             span,
                        const ChorusFrequencyBand *band,
                        double                     confidence)
{
  g_autoptr (GString) note = g_string_new ("From ");
  char number[G_ASCII_DTOSTR_BUF_SIZE];

  g_string_append (note, g_ascii_formatd (number, sizeof number, "%.3f", span.start));
  g_string_append (note, " to ");
  g_string_append (note, g_ascii_formatd (number, sizeof number, "%.3f", span.end));
  g_string_append (note, " s");
  if (self->recording_name)
    g_string_append_printf (note, " of %s", self->recording_name);
  if (band)
    {
      g_string_append_printf (note, ", %s", g_ascii_formatd (number, sizeof number, "%.0f", band->low));
      g_string_append_printf (note, " to %s Hz", g_ascii_formatd (number, sizeof number, "%.0f", band->high));
    }
  if (!isnan (confidence))
    g_string_append_printf (note, ", confidence %s", g_ascii_formatd (number, sizeof number, "%.2f", confidence));

  return g_string_free (g_steal_pointer (&note), FALSE);
}

static ChorusSaverJob *
chorus_saver_make_job (ChorusSaver               *self,
                       ChorusTimeSpan             span,
                       const ChorusFrequencyBand *band,
                       ChorusDetection           *detection,
                       double                     padding)
{
  ChorusSampleSource *source = chorus_view_session_get_source (self->session);
  const ChorusRecordingTime *recorded = chorus_view_session_get_recorded (self->session);
  double confidence = detection ? chorus_detection_get_confidence (detection) : NAN;
  ChorusSaverJob *job = g_new0 (ChorusSaverJob, 1);
  guint64 first_frame = 0;
  guint64 n_frames = 0;

  job->clip = chorus_clip_new_for_span (source, span.start, span.end);
  job->clip->padding = padding;
  job->clip->recorded = recorded ? chorus_recording_time_copy (recorded) : NULL;
  job->clip->original_name = g_strdup (self->recording_name);
  job->clip->note = chorus_saver_make_note (self, span, band, confidence);
  if (detection)
    {
      job->clip->species_auto_id = g_strdup (chorus_saver_get_species (detection));
      if (chorus_detection_get_verdict (detection) == CHORUS_VERDICT_CONFIRMED)
        job->clip->species_manual_id = g_strdup (chorus_saver_get_species (detection));
    }

  /* The time in a name is that of the first sample. */
  chorus_clip_get_extent (job->clip, &first_frame, &n_frames);
  job->name = chorus_clip_name_new (recorded, self->recording_name,
                                    (double) first_frame / chorus_sample_source_get_sample_rate (source),
                                    detection ? chorus_detection_get_held_name (detection) : NULL, confidence, "wav");

  return job;
}

static ChorusSaverJob *
chorus_saver_make_job_for_detection (ChorusSaver     *self,
                                     ChorusDetection *detection,
                                     double           padding)
{
  ChorusTimeSpan span = { chorus_detection_get_start (detection), chorus_detection_get_end (detection) };
  ChorusFrequencyBand band = { chorus_detection_get_low (detection), chorus_detection_get_high (detection) };

  return chorus_saver_make_job (self, span, isnan (band.low) || isnan (band.high) ? NULL : &band, detection, padding);
}

/* What a clip is of: the selection, else the selected detection, else what is visible. */
static ChorusSaverJob *
chorus_saver_make_current_job (ChorusSaver *self)
{
  ChorusDetection *detection = chorus_view_session_get_selected_detection (self->session);
  ChorusTimeSpan span = { 0 };
  ChorusFrequencyBand band = { 0 };

  if (chorus_view_session_get_selection (self->session, &span, &band))
    return chorus_saver_make_job (self, span, chorus_view_session_has_selected_band (self->session) ? &band : NULL,
                                  NULL, 0.0);
  if (detection)
    return chorus_saver_make_job_for_detection (self, detection, CHORUS_SAVER_PADDING);

  return chorus_saver_make_job (self, chorus_view_session_get_visible_span (self->session), NULL, NULL, 0.0);
}

/* Ends what is going on, and begins anew. */
static void
chorus_saver_reset (ChorusSaver *self)
{
  if (self->cancellable)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  g_clear_pointer (&self->figure, chorus_figure_free);
  g_ptr_array_set_size (self->jobs, 0);
  self->n_done = 0;
  chorus_save_bar_hide (self->bar);
}

/* The first is what GTK's own dialog begins with, whatever it is told. */
static void
chorus_saver_add_padding (ChorusSaver *self)
{
  static const char *paddings[] = { "1", "3", "5", "0", NULL };
  const char *labels[] = { _("1" CHORUS_NARROW_SPACE "s"), _("3" CHORUS_NARROW_SPACE "s"),
                           _("5" CHORUS_NARROW_SPACE "s"), _("Nothing"), NULL };

  gtk_file_chooser_add_choice (GTK_FILE_CHOOSER (self->chooser), CHORUS_SAVER_PADDING_CHOICE,
                               _("Before and after each"), paddings, labels);
  gtk_file_chooser_set_choice (GTK_FILE_CHOOSER (self->chooser), CHORUS_SAVER_PADDING_CHOICE, "1");
}

/* Whether @folder is one that the document portal shows to a sandbox: the dialog, which is outside, would show it too and
 * nothing could be saved there under another name. It remembers by itself where it was. */
static gboolean
chorus_saver_is_shared (GFile *folder)
{
  g_autofree char *path = g_build_filename (g_get_user_runtime_dir (), "doc", NULL);
  g_autoptr (GFile) documents = g_file_new_for_path (path);

  return g_file_has_prefix (folder, documents);
}

static void
chorus_saver_ask (ChorusSaver          *self,
                  GtkRoot              *parent,
                  const char           *title,
                  GtkFileChooserAction  action,
                  const char           *name,
                  GCallback             response)
{
  g_clear_object (&self->chooser);
  self->chooser =
    gtk_file_chooser_native_new (title, GTK_IS_WINDOW (parent) ? GTK_WINDOW (parent) : NULL, action, _("_Save"), NULL);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (self->chooser), TRUE);
  if (self->folder && !chorus_saver_is_shared (self->folder))
    gtk_file_chooser_set_current_folder (GTK_FILE_CHOOSER (self->chooser), self->folder, NULL);
  if (name)
    gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (self->chooser), name);
  g_signal_connect_object (self->chooser, "response", response, self, G_CONNECT_SWAPPED);
  /* What is chosen besides is in it before it is shown. */
  if (action == GTK_FILE_CHOOSER_ACTION_SELECT_FOLDER)
    chorus_saver_add_padding (self);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (self->chooser));
}

/* What was chosen, or %NULL. */
static GFile *
chorus_saver_take_chosen (ChorusSaver *self,
                          int          response)
{
  g_autoptr (GtkFileChooserNative) chooser = g_steal_pointer (&self->chooser);

  return response == GTK_RESPONSE_ACCEPT ? gtk_file_chooser_get_file (GTK_FILE_CHOOSER (chooser)) : NULL;
}

static void
chorus_saver_show_saved (ChorusSaver *self,
                         GFile       *file)
{
  g_autofree char *base = g_file_get_basename (file);
  g_autofree char *name = chorus_text_from_name (base);
  g_autofree char *text = g_strdup_printf (_("Saved “%s”"), name);

  chorus_save_bar_show_saved (self->bar, text, file);
}

static void
chorus_saver_show_error (ChorusSaver  *self,
                         const GError *error)
{
  g_autofree char *text = NULL;

  if (self->n_done == 0)
    {
      chorus_save_bar_show_problem (self->bar, error->message);
      return;
    }
  /* Translators: clips were saved before one failed; %s is a sentence that says why */
  text = g_strdup_printf (ngettext ("%u clip was saved. %s", "%u clips were saved. %s", self->n_done), self->n_done,
                          error->message);
  chorus_save_bar_show_problem (self->bar, text);
}

static void
chorus_saver_progress_cb (goffset  done,
                          goffset  total,
                          gpointer data)
{
  ChorusSaver *self = data;
  g_autofree char *text = NULL;

  /* Translators: how far a clip is */
  text = g_strdup_printf (_("Saving the clip, %d" CHORUS_NARROW_SPACE "%%"),
                          (int) (100.0 * (double) done / (double) MAX (total, 1)));
  if (self->jobs->len == 1 && self->cancellable && !g_cancellable_is_cancelled (self->cancellable))
    chorus_save_bar_show_progress (self->bar, text);
}

/* Whether the result is of what was begun last, and its owner is still there. */
static gboolean
chorus_saver_concerns (ChorusSaver  *self,
                       GAsyncResult *result)
{
  return self->cancellable && g_task_get_cancellable (G_TASK (result)) == self->cancellable
         && !g_cancellable_is_cancelled (self->cancellable);
}

static void
chorus_saver_written_cb (GObject      *object,
                         GAsyncResult *result,
                         gpointer      user_data)
{
  g_autoptr (ChorusSaver) self = user_data;
  g_autoptr (GError) error = NULL;

  chorus_clip_writer_write_finish (result, &error);
  if (!chorus_saver_concerns (self, result))
    return;

  if (error)
    {
      chorus_saver_show_error (self, error);
      return;
    }

  self->n_done++;
  if (self->n_done < self->jobs->len)
    chorus_saver_write_next (self);
  else if (self->jobs->len == 1)
    chorus_saver_show_saved (self, G_FILE (object));
  else
    {
      g_autofree char *text =
        g_strdup_printf (ngettext ("%u clip saved", "%u clips saved", self->n_done), self->n_done);

      chorus_save_bar_show_saved (self->bar, text, G_FILE (object));
    }
}

static void
chorus_saver_write (ChorusSaver    *self,
                    ChorusSaverJob *job,
                    GFile          *target)
{
  chorus_clip_writer_write_async (g_steal_pointer (&job->clip), target, self->cancellable, chorus_saver_progress_cb,
                                  self, chorus_saver_written_cb, g_object_ref (self));
}

static void
chorus_saver_name_worker (GTask        *task,
                          gpointer      source_object,
                          gpointer      task_data,
                          GCancellable *cancellable)
{
  g_task_return_pointer (task, chorus_clip_name_make_unique (G_FILE (source_object), task_data), g_object_unref);
}

static void
chorus_saver_named_cb (GObject      *object,
                       GAsyncResult *result,
                       gpointer      user_data)
{
  g_autoptr (ChorusSaver) self = user_data;
  g_autoptr (GFile) target = g_task_propagate_pointer (G_TASK (result), NULL);

  if (target && chorus_saver_concerns (self, result))
    chorus_saver_write (self, g_ptr_array_index (self->jobs, self->n_done), target);
}

/* The next of several clips, under a name that nothing else has. */
static void
chorus_saver_write_next (ChorusSaver *self)
{
  ChorusSaverJob *job = g_ptr_array_index (self->jobs, self->n_done);
  g_autofree char *text = g_strdup_printf (_("Saving clip %u of %u"), self->n_done + 1, self->jobs->len);
  g_autoptr (GTask) task = g_task_new (self->folder, self->cancellable, chorus_saver_named_cb, g_object_ref (self));

  chorus_save_bar_show_progress (self->bar, text);
  g_task_set_task_data (task, g_strdup (job->name), g_free);
  g_task_run_in_thread (task, chorus_saver_name_worker);
}

static void
chorus_saver_remember_folder (ChorusSaver *self,
                              GFile       *file)
{
  g_clear_object (&self->folder);
  self->folder = g_file_get_parent (file);
}

static void
chorus_saver_clip_chosen_cb (ChorusSaver *self,
                             int          response)
{
  g_autoptr (GFile) target = chorus_saver_take_chosen (self, response);

  if (!target)
    return;
  chorus_saver_remember_folder (self, target);
  chorus_saver_write (self, g_ptr_array_index (self->jobs, 0), target);
}

void
chorus_saver_save_clip (ChorusSaver *self)
{
  ChorusSaverJob *job = NULL;

  g_return_if_fail (CHORUS_IS_SAVER (self));

  if (!chorus_view_session_get_source (self->session))
    return;
  chorus_saver_reset (self);
  job = chorus_saver_make_current_job (self);
  g_ptr_array_add (self->jobs, job);
  chorus_saver_ask (self, gtk_widget_get_root (self->owner), _("Save Clip"), GTK_FILE_CHOOSER_ACTION_SAVE, job->name,
                    G_CALLBACK (chorus_saver_clip_chosen_cb));
}

static void
chorus_saver_folder_chosen_cb (ChorusSaver *self,
                               int          response)
{
  const char *choice = gtk_file_chooser_get_choice (GTK_FILE_CHOOSER (self->chooser), CHORUS_SAVER_PADDING_CHOICE);
  double padding = choice ? g_ascii_strtod (choice, NULL) : CHORUS_SAVER_PADDING;
  g_autoptr (GFile) folder = chorus_saver_take_chosen (self, response);
  guint n = self->detections ? g_list_model_get_n_items (self->detections) : 0;

  if (!folder || !chorus_view_session_get_source (self->session))
    return;
  g_set_object (&self->folder, folder);
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (ChorusDetection) detection = g_list_model_get_item (self->detections, i);

      if (chorus_detection_get_verdict (detection) != CHORUS_VERDICT_REJECTED)
        g_ptr_array_add (self->jobs, chorus_saver_make_job_for_detection (self, detection, padding));
    }
  if (self->jobs->len > 0)
    chorus_saver_write_next (self);
  else
    chorus_save_bar_show_problem (self->bar, _("There are no clips to save: every detection was rejected."));
}

void
chorus_saver_save_all_clips (ChorusSaver *self)
{
  g_return_if_fail (CHORUS_IS_SAVER (self));

  if (!chorus_view_session_get_source (self->session))
    return;
  chorus_saver_reset (self);
  chorus_saver_ask (self, gtk_widget_get_root (self->owner), _("Folder for the Clips"),
                    GTK_FILE_CHOOSER_ACTION_SELECT_FOLDER, NULL, G_CALLBACK (chorus_saver_folder_chosen_cb));
}

static void
chorus_saver_figure_saved_cb (GObject      *object,
                              GAsyncResult *result,
                              gpointer      user_data)
{
  g_autoptr (GTask) task = user_data; /* holds the saver and the file */
  ChorusSaver *self = g_task_get_source_object (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) contents G_GNUC_UNUSED = chorus_figure_render_finish (result, &error);

  if (!chorus_saver_concerns (self, result))
    return;
  if (error)
    chorus_saver_show_error (self, error);
  else
    chorus_saver_show_saved (self, g_task_get_task_data (task));
}

static void
chorus_saver_figure_chosen_cb (ChorusSaver *self,
                               int          response)
{
  g_autoptr (GFile) target = chorus_saver_take_chosen (self, response);
  GTask *task = NULL;

  /* The dialog stays for another try. */
  if (!target || !self->figure)
    return;
  if (self->dialog)
    gtk_window_close (GTK_WINDOW (self->dialog));
  chorus_saver_remember_folder (self, target);
  chorus_save_bar_show_progress (self->bar, _("Drawing the figure"));
  task = g_task_new (self, NULL, NULL, NULL);
  g_task_set_task_data (task, g_object_ref (target), g_object_unref);
  chorus_figure_render_async (g_steal_pointer (&self->figure), target, self->cancellable, chorus_saver_figure_saved_cb,
                              task);
}

static void
chorus_saver_figure_wanted_cb (ChorusSaver        *self,
                               ChorusFigureDialog *dialog)
{
  g_autofree char *name = NULL;

  g_clear_pointer (&self->figure, chorus_figure_free);
  self->figure = chorus_figure_dialog_dup_figure (dialog);
  name = chorus_clip_name_new (self->figure->recorded, self->figure->name, self->figure->span.start, NULL, NAN,
                               chorus_figure_format_get_extension (self->figure->format));
  chorus_saver_ask (self, GTK_ROOT (dialog), _("Save Figure As"), GTK_FILE_CHOOSER_ACTION_SAVE, name,
                    G_CALLBACK (chorus_saver_figure_chosen_cb));
}

void
chorus_saver_save_figure (ChorusSaver *self)
{
  ChorusFigureDialog *dialog = NULL;
  GtkRoot *root = NULL;
  ChorusTimeSpan span = { 0 };
  ChorusFrequencyBand band = { 0 };
  gboolean selected;

  g_return_if_fail (CHORUS_IS_SAVER (self));

  if (!chorus_view_session_get_source (self->session))
    return;
  chorus_saver_reset (self);
  selected = chorus_view_session_get_selection (self->session, &span, &band);
  dialog =
    chorus_figure_dialog_new (chorus_figure_new_for_session (self->session, self->detections, self->recording_name),
                              selected ? &span : NULL,
                              selected && chorus_view_session_has_selected_band (self->session) ? &band : NULL);
  root = gtk_widget_get_root (self->owner);
  if (GTK_IS_WINDOW (root))
    gtk_window_set_transient_for (GTK_WINDOW (dialog), GTK_WINDOW (root));
  g_set_weak_pointer (&self->dialog, dialog);
  g_signal_connect_object (dialog, "save", G_CALLBACK (chorus_saver_figure_wanted_cb), self, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}

GdkContentProvider *
chorus_saver_create_content (ChorusSaver *self)
{
  ChorusSaverJob *job = NULL;
  ChorusFigure *figure = NULL;
  GdkContentProvider *provider = NULL;
  ChorusTimeSpan span = { 0 };
  ChorusFrequencyBand band = { 0 };

  g_return_val_if_fail (CHORUS_IS_SAVER (self), NULL);

  if (!chorus_view_session_get_source (self->session))
    return NULL;
  job = chorus_saver_make_current_job (self);
  figure = chorus_figure_new_for_session (self->session, self->detections, self->recording_name);
  if (chorus_view_session_get_selection (self->session, &span, &band))
    {
      figure->span = span;
      if (chorus_view_session_has_selected_band (self->session))
        figure->band = band;
    }
  provider = chorus_clip_provider_new (g_steal_pointer (&job->clip), figure, job->name);
  chorus_saver_job_free (job);

  return provider;
}

void
chorus_saver_set_recording_name (ChorusSaver *self,
                                 const char  *name)
{
  g_autofree char *old = NULL;

  g_return_if_fail (CHORUS_IS_SAVER (self));

  old = g_steal_pointer (&self->recording_name);
  self->recording_name = g_strdup (name);
}

void
chorus_saver_set_detections (ChorusSaver *self,
                             GListModel  *detections)
{
  g_return_if_fail (CHORUS_IS_SAVER (self));

  g_set_object (&self->detections, detections);
}

static void
chorus_saver_cancel_cb (ChorusSaver *self)
{
  chorus_saver_reset (self);
}

static void
chorus_saver_dispose (GObject *object)
{
  ChorusSaver *self = CHORUS_SAVER (object);

  if (self->cancellable)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->chooser);
  g_clear_weak_pointer (&self->dialog);
  g_clear_object (&self->folder);
  g_clear_object (&self->detections);
  g_clear_object (&self->session);
  g_clear_object (&self->bar);

  G_OBJECT_CLASS (chorus_saver_parent_class)->dispose (object);
}

static void
chorus_saver_finalize (GObject *object)
{
  ChorusSaver *self = CHORUS_SAVER (object);

  g_clear_pointer (&self->figure, chorus_figure_free);
  g_clear_pointer (&self->jobs, g_ptr_array_unref);
  g_clear_pointer (&self->recording_name, g_free);

  G_OBJECT_CLASS (chorus_saver_parent_class)->finalize (object);
}

static void
chorus_saver_class_init (ChorusSaverClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = chorus_saver_dispose;
  object_class->finalize = chorus_saver_finalize;
}

static void
chorus_saver_init (ChorusSaver *self)
{
  self->jobs = g_ptr_array_new_with_free_func (chorus_saver_job_free);
}

ChorusSaver *
chorus_saver_new (GtkWidget         *owner,
                  ChorusViewSession *session,
                  ChorusSaveBar     *bar)
{
  ChorusSaver *self = g_object_new (CHORUS_TYPE_SAVER, NULL);

  self->owner = owner;
  self->session = g_object_ref (session);
  self->bar = g_object_ref (bar);
  g_signal_connect_object (bar, "cancel", G_CALLBACK (chorus_saver_cancel_cb), self, G_CONNECT_SWAPPED);

  return self;
}
