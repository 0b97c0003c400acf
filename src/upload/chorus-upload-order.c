/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "chorus-upload-order.h"

/* How long moves are gathered, in milliseconds. */
#define CHORUS_UPLOAD_ORDER_GATHER_MS 100

/* How many are told at once, and how long a view gets to make rows for them before the next, in milliseconds. */
#define CHORUS_UPLOAD_ORDER_FEW 10
#define CHORUS_UPLOAD_ORDER_REST_MS 16

/* More moves at once than this are told as one change of the whole list, which costs less then. */
#define CHORUS_UPLOAD_ORDER_MANY 200

typedef enum
{
  CHORUS_UPLOAD_RANK_PROBLEM,
  CHORUS_UPLOAD_RANK_REFUSED,
  CHORUS_UPLOAD_RANK_UNDER_WAY,
  CHORUS_UPLOAD_RANK_WAITING,
  CHORUS_UPLOAD_RANK_CANCELED,
  CHORUS_UPLOAD_RANK_SENT,
} ChorusUploadRank;

#define CHORUS_UPLOAD_N_RANKS (CHORUS_UPLOAD_RANK_SENT + 1)

typedef struct
{
  ChorusUpload *upload;
  gint64 recording_id;
  guint64 place; /* in the underlying list, among the others */
  ChorusUploadRank rank;
  GSequenceIter *iter;
  gboolean moves;
} ChorusUploadNode;

struct _ChorusUploadOrder
{
  GObject parent_instance;

  GListModel *model;
  gulong changed_id;

  GHashTable *nodes;                       /* of ChorusUploadNode, owned, by recording */
  GSequence *ranks[CHORUS_UPLOAD_N_RANKS]; /* of ChorusUploadNode */
  guint64 next_place;
  GPtrArray *moving; /* of ChorusUploadNode */
  guint move_id;
  gboolean show_sent;
};

enum
{
  PROP_0,
  PROP_SHOW_SENT,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

static void chorus_upload_order_list_model_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (ChorusUploadOrder,
                               chorus_upload_order,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, chorus_upload_order_list_model_init))

static void
chorus_upload_node_free (gpointer data)
{
  ChorusUploadNode *node = data;

  g_object_unref (node->upload);
  g_free (node);
}

static ChorusUploadRank
chorus_upload_order_get_rank (ChorusUpload *upload)
{
  ChorusUploadState state = chorus_upload_get_state (upload);

  switch (state)
    {
    case CHORUS_UPLOAD_STATE_FAILED:
    case CHORUS_UPLOAD_STATE_NEEDS_FILE:
    case CHORUS_UPLOAD_STATE_MAY_HAVE_ARRIVED:
      return CHORUS_UPLOAD_RANK_PROBLEM;
    case CHORUS_UPLOAD_STATE_REFUSED:
      return CHORUS_UPLOAD_RANK_REFUSED;
    case CHORUS_UPLOAD_STATE_SENDING:
    case CHORUS_UPLOAD_STATE_CONFIRMING:
      return CHORUS_UPLOAD_RANK_UNDER_WAY;
    case CHORUS_UPLOAD_STATE_CANCELED:
      return CHORUS_UPLOAD_RANK_CANCELED;
    case CHORUS_UPLOAD_STATE_SENT:
      return CHORUS_UPLOAD_RANK_SENT;
    case CHORUS_UPLOAD_STATE_WAITING:
    case CHORUS_UPLOAD_STATE_CHECKING:
    case CHORUS_UPLOAD_STATE_READY:
    case CHORUS_UPLOAD_STATE_PAUSED:
    default:
      return CHORUS_UPLOAD_RANK_WAITING;
    }
}

static guint
chorus_upload_order_get_n_ranks (ChorusUploadOrder *self)
{
  return self->show_sent ? CHORUS_UPLOAD_N_RANKS : CHORUS_UPLOAD_RANK_SENT;
}

/* How many are shown before those of a rank. */
static guint
chorus_upload_order_get_offset (ChorusUploadOrder *self,
                                guint              rank)
{
  guint offset = 0;

  for (guint i = 0; i < rank; i++)
    offset += (guint) g_sequence_get_length (self->ranks[i]);

  return offset;
}

static GType
chorus_upload_order_get_item_type (GListModel *model)
{
  return CHORUS_TYPE_UPLOAD;
}

static guint
chorus_upload_order_get_n_items (GListModel *model)
{
  ChorusUploadOrder *self = CHORUS_UPLOAD_ORDER (model);

  return chorus_upload_order_get_offset (self, chorus_upload_order_get_n_ranks (self));
}

static gpointer
chorus_upload_order_get_item (GListModel *model,
                              guint       position)
{
  ChorusUploadOrder *self = CHORUS_UPLOAD_ORDER (model);

  for (guint rank = 0; rank < chorus_upload_order_get_n_ranks (self); rank++)
    {
      guint length = (guint) g_sequence_get_length (self->ranks[rank]);

      if (position < length)
        {
          ChorusUploadNode *node = g_sequence_get (g_sequence_get_iter_at_pos (self->ranks[rank], (int) position));

          return g_object_ref (node->upload);
        }
      position -= length;
    }

  return NULL;
}

static void
chorus_upload_order_list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = chorus_upload_order_get_item_type;
  iface->get_n_items = chorus_upload_order_get_n_items;
  iface->get_item = chorus_upload_order_get_item;
}

static int
chorus_upload_order_compare (gconstpointer a,
                             gconstpointer b,
                             gpointer      user_data)
{
  const ChorusUploadNode *node_a = a;
  const ChorusUploadNode *node_b = b;

  return (node_a->place > node_b->place) - (node_a->place < node_b->place);
}

/* Those that are last in the list mostly are last in their rank too. */
static void
chorus_upload_order_insert (ChorusUploadOrder *self,
                            ChorusUploadNode  *node)
{
  GSequence *rank = self->ranks[node->rank];
  GSequenceIter *end = g_sequence_get_end_iter (rank);
  GSequenceIter *last = g_sequence_iter_prev (end);

  if (last == end || chorus_upload_order_compare (g_sequence_get (last), node, NULL) < 0)
    node->iter = g_sequence_append (rank, node);
  else
    node->iter = g_sequence_insert_sorted (rank, node, chorus_upload_order_compare, NULL);
}

static guint
chorus_upload_order_get_position (ChorusUploadOrder *self,
                                  ChorusUploadNode  *node)
{
  return chorus_upload_order_get_offset (self, node->rank) + (guint) g_sequence_iter_get_position (node->iter);
}

static int
chorus_upload_order_compare_shown (gconstpointer a,
                                   gconstpointer b)
{
  const ChorusUploadNode *node_a = *(ChorusUploadNode *const *) a;
  const ChorusUploadNode *node_b = *(ChorusUploadNode *const *) b;

  if (node_a->rank != node_b->rank)
    return node_a->rank < node_b->rank ? -1 : 1;

  return chorus_upload_order_compare (node_a, node_b, NULL);
}

/* Takes nodes out of the list. Those that stand side by side are told as one change: a view makes new rows for each. */
static void
chorus_upload_order_take_out (ChorusUploadOrder *self,
                              GPtrArray         *nodes)
{
  guint n_ranks = chorus_upload_order_get_n_ranks (self);

  g_ptr_array_sort (nodes, chorus_upload_order_compare_shown);
  for (guint end = nodes->len; end > 0;)
    {
      guint begin = end - 1;
      ChorusUploadNode *first = nodes->pdata[begin];
      guint position = 0;

      while (begin > 0 && ((ChorusUploadNode *) nodes->pdata[begin - 1])->rank == first->rank
             && g_sequence_iter_prev (first->iter) == ((ChorusUploadNode *) nodes->pdata[begin - 1])->iter)
        first = nodes->pdata[--begin];

      position = chorus_upload_order_get_position (self, first);
      for (guint i = begin; i < end; i++)
        g_sequence_remove (((ChorusUploadNode *) nodes->pdata[i])->iter);
      if (first->rank < n_ranks)
        g_list_model_items_changed (G_LIST_MODEL (self), position, end - begin, 0);
      end = begin;
    }
}

/* Puts nodes back where they belong now. */
static void
chorus_upload_order_put_in (ChorusUploadOrder *self,
                            GPtrArray         *nodes)
{
  guint n_ranks = chorus_upload_order_get_n_ranks (self);

  g_ptr_array_sort (nodes, chorus_upload_order_compare_shown);
  for (guint begin = 0; begin < nodes->len;)
    {
      ChorusUploadNode *first = nodes->pdata[begin];
      GSequenceIter *next = NULL;
      guint end = begin + 1;

      chorus_upload_order_insert (self, first);
      next = g_sequence_iter_next (first->iter);
      for (; end < nodes->len; end++)
        {
          ChorusUploadNode *node = nodes->pdata[end];

          if (node->rank != first->rank
              || (!g_sequence_iter_is_end (next)
                  && chorus_upload_order_compare (g_sequence_get (next), node, NULL) < 0))
            break;
          node->iter = g_sequence_insert_before (next, node);
        }
      if (first->rank < n_ranks)
        g_list_model_items_changed (G_LIST_MODEL (self), chorus_upload_order_get_position (self, first), 0,
                                    end - begin);
      begin = end;
    }
}

static void
chorus_upload_order_move_few (ChorusUploadOrder *self,
                              GPtrArray         *moving)
{
  chorus_upload_order_take_out (self, moving);
  for (guint i = 0; i < moving->len; i++)
    {
      ChorusUploadNode *node = moving->pdata[i];

      node->rank = chorus_upload_order_get_rank (node->upload);
    }
  chorus_upload_order_put_in (self, moving);
}

static void
chorus_upload_order_move_many (ChorusUploadOrder *self,
                               GPtrArray         *moving)
{
  guint n_before = chorus_upload_order_get_n_items (G_LIST_MODEL (self));

  for (guint i = 0; i < moving->len; i++)
    {
      ChorusUploadNode *node = moving->pdata[i];

      g_sequence_remove (node->iter);
      node->rank = chorus_upload_order_get_rank (node->upload);
      chorus_upload_order_insert (self, node);
    }
  g_list_model_items_changed (G_LIST_MODEL (self), 0, n_before, chorus_upload_order_get_n_items (G_LIST_MODEL (self)));
}

static gboolean
chorus_upload_order_move_cb (gpointer user_data)
{
  ChorusUploadOrder *self = user_data;
  g_autoptr (GPtrArray) moving = g_ptr_array_new ();
  gboolean many = self->moving->len > CHORUS_UPLOAD_ORDER_MANY;
  guint n_taken = 0;

  self->move_id = 0;
  for (; n_taken < self->moving->len && (many || moving->len < CHORUS_UPLOAD_ORDER_FEW); n_taken++)
    {
      ChorusUploadNode *node = self->moving->pdata[n_taken];

      node->moves = FALSE;
      if (node->rank != chorus_upload_order_get_rank (node->upload))
        g_ptr_array_add (moving, node);
    }
  g_ptr_array_remove_range (self->moving, 0, n_taken);

  if (many)
    chorus_upload_order_move_many (self, moving);
  else
    chorus_upload_order_move_few (self, moving);

  if (self->moving->len > 0 && self->move_id == 0)
    self->move_id = g_timeout_add (CHORUS_UPLOAD_ORDER_REST_MS, chorus_upload_order_move_cb, self);

  return G_SOURCE_REMOVE;
}

static ChorusUploadNode *
chorus_upload_order_add (ChorusUploadOrder *self,
                         guint              position)
{
  ChorusUploadNode *node = g_new0 (ChorusUploadNode, 1);

  node->upload = g_list_model_get_item (self->model, position);
  node->recording_id = chorus_upload_get_recording_id (node->upload);
  node->place = self->next_place++;
  node->rank = chorus_upload_order_get_rank (node->upload);
  g_hash_table_replace (self->nodes, &node->recording_id, node);
  chorus_upload_order_insert (self, node);

  return node;
}

static void
chorus_upload_order_clear (ChorusUploadOrder *self)
{
  g_clear_handle_id (&self->move_id, g_source_remove);
  g_ptr_array_set_size (self->moving, 0);
  for (guint rank = 0; rank < CHORUS_UPLOAD_N_RANKS; rank++)
    {
      g_clear_pointer (&self->ranks[rank], g_sequence_free);
      self->ranks[rank] = g_sequence_new (NULL);
    }
  g_hash_table_remove_all (self->nodes);
  self->next_place = 0;
}

static void
chorus_upload_order_start_over (ChorusUploadOrder *self)
{
  guint n_before = chorus_upload_order_get_n_items (G_LIST_MODEL (self));
  guint n_items = self->model ? g_list_model_get_n_items (self->model) : 0;

  chorus_upload_order_clear (self);
  for (guint i = 0; i < n_items; i++)
    chorus_upload_order_add (self, i);
  g_list_model_items_changed (G_LIST_MODEL (self), 0, n_before, chorus_upload_order_get_n_items (G_LIST_MODEL (self)));
}

/* New uploads come at the end, and those that were just found all wait: they are one run of rows. */
static void
chorus_upload_order_append (ChorusUploadOrder *self,
                            guint              position,
                            guint              added)
{
  ChorusUploadNode *first = NULL;
  gboolean together = TRUE;
  guint n_before = chorus_upload_order_get_n_items (G_LIST_MODEL (self));

  for (guint i = 0; i < added; i++)
    {
      ChorusUploadNode *node = chorus_upload_order_add (self, position + i);

      if (!first)
        first = node;
      together = together && node->rank == first->rank;
    }

  if (!together)
    g_list_model_items_changed (G_LIST_MODEL (self), 0, n_before,
                                chorus_upload_order_get_n_items (G_LIST_MODEL (self)));
  else if (first && first->rank < chorus_upload_order_get_n_ranks (self))
    g_list_model_items_changed (G_LIST_MODEL (self), chorus_upload_order_get_position (self, first), 0, added);
}

static void
chorus_upload_order_changed_cb (ChorusUploadOrder *self,
                                guint              position,
                                guint              removed,
                                guint              added,
                                GListModel        *model)
{
  if (removed == 0 && position + added == g_list_model_get_n_items (model))
    chorus_upload_order_append (self, position, added);
  else
    chorus_upload_order_start_over (self);
}

static void
chorus_upload_order_get_property (GObject    *object,
                                  guint       prop_id,
                                  GValue     *value,
                                  GParamSpec *pspec)
{
  switch (prop_id)
    {
    case PROP_SHOW_SENT:
      g_value_set_boolean (value, chorus_upload_order_get_show_sent (CHORUS_UPLOAD_ORDER (object)));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
chorus_upload_order_set_property (GObject      *object,
                                  guint         prop_id,
                                  const GValue *value,
                                  GParamSpec   *pspec)
{
  switch (prop_id)
    {
    case PROP_SHOW_SENT:
      chorus_upload_order_set_show_sent (CHORUS_UPLOAD_ORDER (object), g_value_get_boolean (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
chorus_upload_order_finalize (GObject *object)
{
  ChorusUploadOrder *self = CHORUS_UPLOAD_ORDER (object);

  g_clear_signal_handler (&self->changed_id, self->model);
  g_clear_object (&self->model);
  g_clear_handle_id (&self->move_id, g_source_remove);
  for (guint rank = 0; rank < CHORUS_UPLOAD_N_RANKS; rank++)
    g_sequence_free (self->ranks[rank]);
  g_ptr_array_unref (self->moving);
  g_hash_table_unref (self->nodes);

  G_OBJECT_CLASS (chorus_upload_order_parent_class)->finalize (object);
}

static void
chorus_upload_order_class_init (ChorusUploadOrderClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = chorus_upload_order_get_property;
  object_class->set_property = chorus_upload_order_set_property;
  object_class->finalize = chorus_upload_order_finalize;

  properties[PROP_SHOW_SENT] =
    g_param_spec_boolean ("show-sent", NULL, NULL, FALSE,
                          G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
chorus_upload_order_init (ChorusUploadOrder *self)
{
  self->nodes = g_hash_table_new_full (g_int64_hash, g_int64_equal, NULL, chorus_upload_node_free);
  self->moving = g_ptr_array_new ();
  for (guint rank = 0; rank < CHORUS_UPLOAD_N_RANKS; rank++)
    self->ranks[rank] = g_sequence_new (NULL);
}

ChorusUploadOrder *
chorus_upload_order_new (void)
{
  return g_object_new (CHORUS_TYPE_UPLOAD_ORDER, NULL);
}

void
chorus_upload_order_set_model (ChorusUploadOrder *self,
                               GListModel        *model)
{
  g_return_if_fail (CHORUS_IS_UPLOAD_ORDER (self));
  g_return_if_fail (model == NULL || G_IS_LIST_MODEL (model));

  if (self->model == model)
    return;

  g_clear_signal_handler (&self->changed_id, self->model);
  g_set_object (&self->model, model);
  if (model)
    self->changed_id =
      g_signal_connect_swapped (model, "items-changed", G_CALLBACK (chorus_upload_order_changed_cb), self);
  chorus_upload_order_start_over (self);
}

gboolean
chorus_upload_order_get_show_sent (ChorusUploadOrder *self)
{
  g_return_val_if_fail (CHORUS_IS_UPLOAD_ORDER (self), FALSE);

  return self->show_sent;
}

void
chorus_upload_order_set_show_sent (ChorusUploadOrder *self,
                                   gboolean           show_sent)
{
  guint offset = 0;
  guint n_sent = 0;

  g_return_if_fail (CHORUS_IS_UPLOAD_ORDER (self));

  show_sent = !!show_sent;
  if (self->show_sent == show_sent)
    return;

  self->show_sent = show_sent;
  offset = chorus_upload_order_get_offset (self, CHORUS_UPLOAD_RANK_SENT);
  n_sent = (guint) g_sequence_get_length (self->ranks[CHORUS_UPLOAD_RANK_SENT]);
  g_list_model_items_changed (G_LIST_MODEL (self), offset, show_sent ? 0 : n_sent, show_sent ? n_sent : 0);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SHOW_SENT]);
}

void
chorus_upload_order_note (ChorusUploadOrder *self,
                          gint64             recording_id)
{
  ChorusUploadNode *node = NULL;

  g_return_if_fail (CHORUS_IS_UPLOAD_ORDER (self));

  node = g_hash_table_lookup (self->nodes, &recording_id);
  if (!node || node->moves || node->rank == chorus_upload_order_get_rank (node->upload))
    return;

  node->moves = TRUE;
  g_ptr_array_add (self->moving, node);
  if (self->move_id == 0)
    self->move_id = g_timeout_add (CHORUS_UPLOAD_ORDER_GATHER_MS, chorus_upload_order_move_cb, self);
}

ChorusUpload *
chorus_upload_order_find (ChorusUploadOrder *self,
                          gint64             recording_id)
{
  ChorusUploadNode *node = NULL;

  g_return_val_if_fail (CHORUS_IS_UPLOAD_ORDER (self), NULL);

  node = g_hash_table_lookup (self->nodes, &recording_id);

  return node ? node->upload : NULL;
}
