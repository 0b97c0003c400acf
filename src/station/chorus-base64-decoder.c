/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "chorus-base64-decoder.h"

/* What a character stands for; anything from CHORUS_BASE64_SPACE on is not a digit. */
#define CHORUS_BASE64_SPACE 0x40
#define CHORUS_BASE64_PADDING 0x41
#define CHORUS_BASE64_INVALID 0x80

static guint8 chorus_base64_digits[256];

static void
chorus_base64_decoder_fill_digits (void)
{
  static gsize filled = 0;
  static const char alphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  static const char spaces[] = " \t\r\n";

  if (!g_once_init_enter (&filled))
    return;

  for (guint i = 0; i < G_N_ELEMENTS (chorus_base64_digits); i++)
    chorus_base64_digits[i] = CHORUS_BASE64_INVALID;
  for (guint8 i = 0; i < 64; i++)
    chorus_base64_digits[(guchar) alphabet[i]] = i;
  for (guint i = 0; spaces[i] != '\0'; i++)
    chorus_base64_digits[(guchar) spaces[i]] = CHORUS_BASE64_SPACE;
  chorus_base64_digits['='] = CHORUS_BASE64_PADDING;

  g_once_init_leave (&filled, 1);
}

/* Takes the one character that the quick loop could not take with three others. Returns the bytes it completed, or -1. */
static int
chorus_base64_decoder_push_one (ChorusBase64Decoder *self,
                                guint8               digit,
                                guint8              *bytes)
{
  if (digit == CHORUS_BASE64_SPACE)
    return 0;
  if (digit == CHORUS_BASE64_INVALID || (digit == CHORUS_BASE64_PADDING && self->n_characters < 2)
      || (digit != CHORUS_BASE64_PADDING && self->n_padding > 0))
    return -1;

  self->bits = self->bits << 6 | (digit == CHORUS_BASE64_PADDING ? 0 : digit);
  self->n_padding += digit == CHORUS_BASE64_PADDING ? 1 : 0;
  self->n_characters++;
  if (self->n_characters < 4)
    return 0;

  /* After padding n_characters stays at 4, so that nothing but white space may follow. */
  if (self->n_padding == 0)
    self->n_characters = 0;
  else if (self->n_characters > 4)
    return -1;
  bytes[0] = (guint8) (self->bits >> 16);
  if (self->n_padding < 2)
    bytes[1] = (guint8) (self->bits >> 8);
  if (self->n_padding < 1)
    bytes[2] = (guint8) self->bits;
  self->bits = 0;

  return 3 - (int) self->n_padding;
}

gboolean
chorus_base64_decoder_push (ChorusBase64Decoder *self,
                            const guint8        *text,
                            gsize                n_text,
                            guint8              *bytes,
                            gsize               *n_bytes)
{
  const guint8 *digits = chorus_base64_digits;
  gsize in = 0;
  gsize out = 0;

  chorus_base64_decoder_fill_digits ();

  while (in < n_text)
    {
      int n_completed = 0;

      for (; self->n_characters == 0 && n_text - in >= 4; in += 4, out += 3)
        {
          guint a = digits[text[in]], b = digits[text[in + 1]], c = digits[text[in + 2]], d = digits[text[in + 3]];
          guint32 word = a << 18 | b << 12 | c << 6 | d;

          if ((a | b | c | d) >= CHORUS_BASE64_SPACE)
            break;
          bytes[out] = (guint8) (word >> 16);
          bytes[out + 1] = (guint8) (word >> 8);
          bytes[out + 2] = (guint8) word;
        }
      if (in == n_text)
        break;

      n_completed = chorus_base64_decoder_push_one (self, digits[text[in++]], bytes + out);
      if (n_completed < 0)
        return FALSE;
      out += (gsize) n_completed;
    }
  *n_bytes = out;

  return TRUE;
}

gboolean
chorus_base64_decoder_finish (const ChorusBase64Decoder *self)
{
  return self->n_characters == 0 || (self->n_characters == 4 && self->n_padding > 0);
}
