/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "chorus-recording-order.h"

#include <math.h>

#include "chorus-recording-record.h"

/* Behind everything that is known, whichever way. */
#define CHORUS_ORDER_UNKNOWN G_MAXINT64

typedef struct
{
  gint64 key;
  guint index;
  ChorusRecordingRecord *record;
} ChorusOrderRow;

static int
chorus_recording_order_compare_digits (const char **a,
                                       const char **b)
{
  const char *end_a = NULL;
  const char *end_b = NULL;

  while (**a == '0')
    (*a)++;
  while (**b == '0')
    (*b)++;
  for (end_a = *a; g_ascii_isdigit (*end_a);)
    end_a++;
  for (end_b = *b; g_ascii_isdigit (*end_b);)
    end_b++;

  /* Without leading zeros the longer number is the greater. */
  if (end_a - *a != end_b - *b)
    return end_a - *a < end_b - *b ? -1 : 1;
  for (; *a < end_a; (*a)++, (*b)++)
    {
      if (**a != **b)
        return **a < **b ? -1 : 1;
    }

  return 0;
}

int
chorus_recording_order_compare_names (const char *a,
                                      const char *b)
{
  g_return_val_if_fail (a != NULL && b != NULL, 0);

  while (*a != '\0' && *b != '\0')
    {
      const guchar lower_a = (guchar) g_ascii_tolower (*a);
      const guchar lower_b = (guchar) g_ascii_tolower (*b);

      if (g_ascii_isdigit (*a) && g_ascii_isdigit (*b))
        {
          const int order = chorus_recording_order_compare_digits (&a, &b);

          if (order != 0)
            return order;
          continue;
        }
      if (lower_a != lower_b)
        return lower_a < lower_b ? -1 : 1;
      a++;
      b++;
    }

  return (*a != '\0') - (*b != '\0');
}

static int
chorus_recording_order_by_name (gconstpointer a,
                                gconstpointer b,
                                gpointer      user_data)
{
  const ChorusOrderRow *first = a;
  const ChorusOrderRow *second = b;
  const int sign = user_data ? -1 : 1;
  const ChorusRecordingRecord *record = first->record;
  const ChorusRecordingRecord *other = second->record;
  const int order = chorus_recording_order_compare_names (record->folded ? record->folded : record->name,
                                                          other->folded ? other->folded : other->name);

  if (order != 0)
    return sign * order;

  return first->index < second->index ? -1 : 1;
}

static int
chorus_recording_order_by_key (gconstpointer a,
                               gconstpointer b,
                               gpointer      user_data)
{
  const ChorusOrderRow *first = a;
  const ChorusOrderRow *second = b;

  if (first->key != second->key)
    return first->key < second->key ? -1 : 1;

  return first->index < second->index ? -1 : first->index > second->index;
}

static gint64
chorus_recording_order_get_key (const ChorusRecordingRecord *record,
                                ChorusRecordingOrder         order,
                                GHashTable                  *ranks)
{
  switch (order)
    {
    case CHORUS_RECORDING_ORDER_DEPLOYMENT:
      return ranks ? GPOINTER_TO_UINT (g_hash_table_lookup (ranks, record->deployment_id)) : 0;

    case CHORUS_RECORDING_ORDER_LENGTH:
      /* In microseconds; what a damaged header says may not fit. */
      return record->duration >= 0 && record->duration < 1e12 ? (gint64) (record->duration * 1e6)
                                                              : CHORUS_ORDER_UNKNOWN;

    case CHORUS_RECORDING_ORDER_SIZE:
      return record->size >= 0 ? record->size : CHORUS_ORDER_UNKNOWN;

    case CHORUS_RECORDING_ORDER_STATUS:
      return ((gint64) chorus_recording_record_get_status (record) << 32) + record->n_detections;

    case CHORUS_RECORDING_ORDER_SPECIES:
      return record->n_species;

    case CHORUS_RECORDING_ORDER_REVIEW:
      return (gint64) record->n_detections - record->n_reviewed;

    case CHORUS_RECORDING_ORDER_TIME:
    case CHORUS_RECORDING_ORDER_NAME:
    default:
      return record->instant;
    }
}

void
chorus_recording_order_sort (GPtrArray            *records,
                             ChorusRecordingOrder  order,
                             gboolean              descending,
                             GHashTable           *ranks)
{
  g_autofree ChorusOrderRow *rows = NULL;

  g_return_if_fail (records != NULL);

  if (records->len == 0 || (order == CHORUS_RECORDING_ORDER_TIME && !descending))
    return;

  rows = g_new (ChorusOrderRow, records->len);
  for (guint i = 0; i < records->len; i++)
    {
      ChorusRecordingRecord *record = g_ptr_array_index (records, i);
      gint64 key = 0;

      if (order != CHORUS_RECORDING_ORDER_NAME)
        key = chorus_recording_order_get_key (record, order, ranks);
      if (descending && key != CHORUS_ORDER_UNKNOWN)
        key = -key;
      rows[i] = (ChorusOrderRow){ key, i, record };
    }

  g_qsort_with_data (rows, (int) records->len, sizeof *rows,
                     order == CHORUS_RECORDING_ORDER_NAME ? chorus_recording_order_by_name
                                                          : chorus_recording_order_by_key,
                     GINT_TO_POINTER (descending));
  for (guint i = 0; i < records->len; i++)
    g_ptr_array_index (records, i) = rows[i].record;
}
