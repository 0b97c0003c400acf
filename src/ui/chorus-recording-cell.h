/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "library/chorus-recording.h"

G_BEGIN_DECLS

/**
 * ChorusRecordingCellKind:
 * @CHORUS_RECORDING_CELL_NAME: the name, and whether it is synthetic
 * @CHORUS_RECORDING_CELL_DEPLOYMENT: the name of its deployment, see [method@RecordingCell.set_deployment]
 * @CHORUS_RECORDING_CELL_RECORDED: when the recording began
 * @CHORUS_RECORDING_CELL_LENGTH: how long it is
 * @CHORUS_RECORDING_CELL_SIZE: how large its file is
 * @CHORUS_RECORDING_CELL_SPECIES: how many species were detected
 * @CHORUS_RECORDING_CELL_REVIEWED: how many detections were reviewed
 *
 * What a cell shows.
 */
typedef enum
{
  CHORUS_RECORDING_CELL_NAME,
  CHORUS_RECORDING_CELL_DEPLOYMENT,
  CHORUS_RECORDING_CELL_RECORDED,
  CHORUS_RECORDING_CELL_LENGTH,
  CHORUS_RECORDING_CELL_SIZE,
  CHORUS_RECORDING_CELL_SPECIES,
  CHORUS_RECORDING_CELL_REVIEWED,
} ChorusRecordingCellKind;

#define CHORUS_TYPE_RECORDING_CELL (chorus_recording_cell_get_type ())

/**
 * ChorusRecordingCell:
 *
 * One cell of text in the list of recordings. It follows the recording.
 */
G_DECLARE_FINAL_TYPE (ChorusRecordingCell, chorus_recording_cell, CHORUS, RECORDING_CELL, AdwBin)

/**
 * chorus_recording_cell_new:
 * @kind: what the cell shows
 *
 * Returns: (transfer none): a new cell
 */
GtkWidget *chorus_recording_cell_new (ChorusRecordingCellKind kind);

/**
 * chorus_recording_cell_get_recording:
 * @self: a cell
 *
 * Returns: (transfer none) (nullable): the recording that the cell is about
 */
ChorusRecording *chorus_recording_cell_get_recording (ChorusRecordingCell *self);

/**
 * chorus_recording_cell_set_recording:
 * @self: a cell
 * @recording: (nullable): the recording that the cell is about
 */
void chorus_recording_cell_set_recording (ChorusRecordingCell *self,
                                          ChorusRecording     *recording);

/**
 * chorus_recording_cell_set_deployment:
 * @self: a cell that shows the deployment
 * @name: (nullable): its name
 */
void chorus_recording_cell_set_deployment (ChorusRecordingCell *self,
                                           const char          *name);

G_END_DECLS
