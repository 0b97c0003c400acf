/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "library/chorus-result.h"

#include "chorus-package-options.h"

G_BEGIN_DECLS

/**
 * ChorusCamtrapDesign:
 * @CHORUS_CAMTRAP_DESIGN_OPPORTUNISTIC: where it was possible
 * @CHORUS_CAMTRAP_DESIGN_SIMPLE_RANDOM: at random places
 * @CHORUS_CAMTRAP_DESIGN_SYSTEMATIC_RANDOM: in a regular pattern
 * @CHORUS_CAMTRAP_DESIGN_CLUSTERED_RANDOM: at random places, in clusters
 * @CHORUS_CAMTRAP_DESIGN_EXPERIMENTAL: to see an effect
 * @CHORUS_CAMTRAP_DESIGN_TARGETED: where certain species were expected
 *
 * How the places of recorders were chosen, in the words of Camtrap DP.
 */
typedef enum
{
  CHORUS_CAMTRAP_DESIGN_OPPORTUNISTIC,
  CHORUS_CAMTRAP_DESIGN_SIMPLE_RANDOM,
  CHORUS_CAMTRAP_DESIGN_SYSTEMATIC_RANDOM,
  CHORUS_CAMTRAP_DESIGN_CLUSTERED_RANDOM,
  CHORUS_CAMTRAP_DESIGN_EXPERIMENTAL,
  CHORUS_CAMTRAP_DESIGN_TARGETED,
} ChorusCamtrapDesign;

/**
 * ChorusCamtrapCapture:
 * @CHORUS_CAMTRAP_CAPTURE_SCHEDULE: at set times
 * @CHORUS_CAMTRAP_CAPTURE_CONTINUOUS: without end
 * @CHORUS_CAMTRAP_CAPTURE_ACTIVITY: when there was something to hear
 *
 * When recorders recorded, in the words of the acoustic profile of Camtrap DP.
 */
typedef enum
{
  CHORUS_CAMTRAP_CAPTURE_SCHEDULE,
  CHORUS_CAMTRAP_CAPTURE_CONTINUOUS,
  CHORUS_CAMTRAP_CAPTURE_ACTIVITY,
} ChorusCamtrapCapture;

/**
 * ChorusCamtrapPlace:
 * @latitude: in degrees, -90 to 90
 * @longitude: in degrees, -180 to 180
 */
typedef struct
{
  double latitude;
  double longitude;
} ChorusCamtrapPlace;

/**
 * ChorusCamtrapOptions:
 * @package: what is said of the whole
 * @places: (element-type utf8 ChorusCamtrapPlace): where deployments are, by their ids at the service, for those of whose
 *   recordings it is not known
 * @design: how places were chosen
 * @capture: when recorders recorded
 * @score_is_probability: whether the confidences are calibrated probabilities; without, they are not written as such
 */
typedef struct
{
  ChorusPackageOptions *package;
  GHashTable *places;
  ChorusCamtrapDesign design;
  ChorusCamtrapCapture capture;
  gboolean score_is_probability;
} ChorusCamtrapOptions;

/**
 * chorus_camtrap_options_new:
 *
 * Returns: (transfer full): options as they are unless somebody says otherwise, without places
 */
ChorusCamtrapOptions *chorus_camtrap_options_new (void) G_GNUC_WARN_UNUSED_RESULT;

ChorusCamtrapOptions *chorus_camtrap_options_copy (const ChorusCamtrapOptions *self) G_GNUC_WARN_UNUSED_RESULT;

void chorus_camtrap_options_free (ChorusCamtrapOptions *self);

/**
 * chorus_camtrap_options_set_place:
 * @self: options
 * @deployment_id: the id of a deployment at the service
 * @latitude: in degrees
 * @longitude: in degrees
 *
 * Says where a deployment is.
 */
void chorus_camtrap_options_set_place (ChorusCamtrapOptions *self,
                                       const char           *deployment_id,
                                       double                latitude,
                                       double                longitude);

/**
 * chorus_camtrap_options_find_place:
 * @self: options
 * @result: a recording
 * @place: (out) (optional): where it was made, as it is known from itself or else from @self
 *
 * Returns: whether it is known
 */
gboolean chorus_camtrap_options_find_place (const ChorusCamtrapOptions *self,
                                            const ChorusResult         *result,
                                            ChorusCamtrapPlace         *place);

/**
 * chorus_camtrap_options_find_unplaced:
 * @self: options
 * @results: (element-type ChorusResult): recordings, one of each deployment at least; nothing of them is looked at but the
 *   deployment and the coordinates
 *
 * Finds what has to be asked for before anything can be written.
 *
 * Returns: (transfer container) (element-type ChorusResult): a recording of each deployment of which nobody knows where it
 *   is, in the order of @results, which own them
 */
GPtrArray *chorus_camtrap_options_find_unplaced (const ChorusCamtrapOptions *self,
                                                 GPtrArray                  *results) G_GNUC_WARN_UNUSED_RESULT;

/**
 * chorus_camtrap_options_get_design_word:
 * @self: options
 *
 * Returns: such as "opportunistic"
 */
const char *chorus_camtrap_options_get_design_word (const ChorusCamtrapOptions *self);

/**
 * chorus_camtrap_options_get_capture_word:
 * @self: options
 *
 * Returns: such as "recordingSchedule"
 */
const char *chorus_camtrap_options_get_capture_word (const ChorusCamtrapOptions *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ChorusCamtrapOptions, chorus_camtrap_options_free)

G_END_DECLS
