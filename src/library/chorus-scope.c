/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "chorus-scope.h"

ChorusScope *
chorus_scope_new (ChorusScopeKind  kind,
                  const char      *id)
{
  ChorusScope *self = NULL;

  g_return_val_if_fail (kind == CHORUS_SCOPE_ALL || id != NULL, NULL);

  self = g_new0 (ChorusScope, 1);
  self->kind = kind;
  self->id = kind != CHORUS_SCOPE_ALL ? g_strdup (id) : NULL;

  return self;
}

ChorusScope *
chorus_scope_copy (const ChorusScope *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return chorus_scope_new (self->kind, self->id);
}

void
chorus_scope_free (ChorusScope *self)
{
  g_free (self->id);
  g_free (self);
}

gboolean
chorus_scope_equal (const ChorusScope *self,
                    const ChorusScope *other)
{
  g_return_val_if_fail (self != NULL && other != NULL, FALSE);

  return self->kind == other->kind && g_strcmp0 (self->id, other->id) == 0;
}

const char *
chorus_scope_get_word (const ChorusScope *self)
{
  static const char *const words[] = {
    [CHORUS_SCOPE_ALL] = "all",
    [CHORUS_SCOPE_PROJECT] = "project",
    [CHORUS_SCOPE_SITE] = "site",
    [CHORUS_SCOPE_DEPLOYMENT] = "deployment",
  };

  g_return_val_if_fail (self != NULL, NULL);

  return words[self->kind];
}
