/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <glib.h>
#include <string.h>

#include "station/chorus-base64-decoder.h"

/* Decodes in pieces of @n_piece characters; NULL when it is refused. */
static GByteArray *
test_decode (const char *text,
             gsize       n_piece)
{
  ChorusBase64Decoder decoder = CHORUS_BASE64_DECODER_INIT;
  g_autoptr (GByteArray) decoded = g_byte_array_new ();
  gsize n_text = strlen (text);

  for (gsize i = 0; i < n_text; i += n_piece)
    {
      gsize n = MIN (n_piece, n_text - i);
      g_autofree guint8 *bytes = g_malloc (n + 2);
      gsize n_bytes = 0;

      if (!chorus_base64_decoder_push (&decoder, (const guint8 *) text + i, n, bytes, &n_bytes))
        return NULL;
      g_assert_cmpuint (n_bytes, <=, n + 2);
      g_byte_array_append (decoded, bytes, (guint) n_bytes);
    }

  return chorus_base64_decoder_finish (&decoder) ? g_steal_pointer (&decoded) : NULL;
}

static void
test_every_length_in_every_piece (void)
{
  guint8 bytes[64];

  for (guint i = 0; i < sizeof bytes; i++)
    bytes[i] = (guint8) (i * 37 + 11);
  for (gsize n = 0; n <= sizeof bytes; n++)
    {
      g_autofree char *text = g_base64_encode (bytes, n);

      for (gsize n_piece = 1; n_piece <= strlen (text) + 1; n_piece++)
        {
          g_autoptr (GByteArray) decoded = test_decode (text, n_piece);

          g_assert_nonnull (decoded);
          g_assert_cmpmem (decoded->data, decoded->len, bytes, n);
        }
    }
}

static void
test_every_byte (void)
{
  for (guint byte = 1; byte < 256; byte++)
    {
      char text[] = { 'Q', 'U', (char) byte, 'D', '\0' };
      g_autoptr (GByteArray) decoded = test_decode (text, 4);
      gboolean is_digit = g_ascii_isalnum (byte) || byte == '+' || byte == '/';

      /* White space leaves three characters, which is no end; padding may not be followed by a digit. */
      g_assert_cmpint (decoded != NULL, ==, is_digit);
    }
}

static void
test_refused (void)
{
  static const char *const wrong[] = { "Q",     "QU",   "QUI", "Q===",  "QQ=",  "QQ=Q", "QQ==Q",  "QQ===",
                                       "QUI==", "====", "=",   "QUJD=", "QUJ-", "QUJ_", "Q\x80JD" };

  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      for (gsize n_piece = 1; n_piece <= 5; n_piece++)
        {
          g_autoptr (GByteArray) decoded = test_decode (wrong[i], n_piece);

          g_assert_null (decoded);
        }
    }
}

static void
test_white_space (void)
{
  static const char *const right[] = { "QUJD\nREVG\n", " Q U\tJ\r\nD REVG", "QUJDREVG \n", "\nQUJDREVG" };

  for (guint i = 0; i < G_N_ELEMENTS (right); i++)
    {
      for (gsize n_piece = 1; n_piece <= 12; n_piece++)
        {
          g_autoptr (GByteArray) decoded = test_decode (right[i], n_piece);

          g_assert_nonnull (decoded);
          g_assert_cmpmem (decoded->data, decoded->len, "ABCDEF", 6);
        }
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/station/base64-decoder/every-length-in-every-piece", test_every_length_in_every_piece);
  g_test_add_func ("/station/base64-decoder/every-byte", test_every_byte);
  g_test_add_func ("/station/base64-decoder/refused", test_refused);
  g_test_add_func ("/station/base64-decoder/white-space", test_white_space);

  return g_test_run ();
}
