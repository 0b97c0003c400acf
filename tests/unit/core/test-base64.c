/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Every version against the encoder of GLib. */

#include "core/chorus-base64.h"

#include <string.h>

/* Longer than any vector and its remainder, many times over. */
#define TEST_LENGTHS 301

static void
test_fill (guint8 *data,
           gsize   length)
{
  for (gsize i = 0; i < length; i++)
    data[i] = (guint8) g_test_rand_int_range (0, 256);
}

static gboolean
test_skip (gconstpointer data)
{
  if (chorus_base64_is_supported (GPOINTER_TO_INT (data)))
    return FALSE;

  g_test_skip ("this processor cannot run it");

  return TRUE;
}

/* Buffers of exactly the size, so that the address sanitizer sees a byte too many, read or written. @shift moves the
 * ends away from where the allocator aligns them. */
static void
test_one (ChorusBase64Version version,
          gsize               length,
          gsize               shift)
{
  g_autofree guint8 *block = g_malloc (length + shift + 1);
  guint8 *data = block + shift;
  g_autofree guint8 *exact = NULL;
  g_autofree char *expected = NULL;
  gsize n = CHORUS_BASE64_LENGTH (length);
  g_autofree char *out = g_malloc (n + shift);

  test_fill (data, length);
  expected = g_base64_encode (data, length);
  g_assert_cmpuint (strlen (expected), ==, n);

  g_assert_cmpuint (chorus_base64_encode_with (version, data, length, out + shift), ==, n);
  g_assert_cmpmem (out + shift, n, expected, n);

  exact = g_memdup2 (data, length);
  g_assert_cmpuint (chorus_base64_encode_with (version, exact, length, out + shift), ==, n);
  g_assert_cmpmem (out + shift, n, expected, n);
}

static void
test_every_length (gconstpointer data)
{
  if (test_skip (data))
    return;

  for (gsize length = 0; length < TEST_LENGTHS; length++)
    for (gsize shift = 0; shift < 32; shift += 5)
      test_one (GPOINTER_TO_INT (data), length, shift);
}

static void
test_random_length (gconstpointer data)
{
  if (test_skip (data))
    return;

  for (guint i = 0; i < 40; i++)
    test_one (GPOINTER_TO_INT (data), (gsize) g_test_rand_int_range (0, 100000), (gsize) g_test_rand_int_range (0, 64));
}

/* All 4096 pairs of characters, which random bytes need not meet. */
static void
test_every_pair (gconstpointer data)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  g_autofree char *expected = NULL;
  g_autofree char *out = NULL;
  gsize n = 0;

  if (test_skip (data))
    return;

  for (guint i = 0; i < 4096; i++)
    {
      const guint8 group[] = { (guint8) (i >> 4), (guint8) ((i & 15) << 4 | (i ^ 0xfff) >> 8), (guint8) (i ^ 0xfff) };

      g_byte_array_append (bytes, group, sizeof group);
    }
  n = CHORUS_BASE64_LENGTH (bytes->len);
  expected = g_base64_encode (bytes->data, bytes->len);
  out = g_malloc (n);
  g_assert_cmpuint (chorus_base64_encode_with (GPOINTER_TO_INT (data), bytes->data, bytes->len, out), ==, n);
  g_assert_cmpmem (out, n, expected, n);
}

/* The vectors of RFC 4648, section 10, by whatever version is taken here. */
static void
test_rfc (void)
{
  static const char *const pairs[][2] = {
    { "", "" },
    { "f", "Zg==" },
    { "fo", "Zm8=" },
    { "foo", "Zm9v" },
    { "foob", "Zm9vYg==" },
    { "fooba", "Zm9vYmE=" },
    { "foobar", "Zm9vYmFy" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (pairs); i++)
    {
      char out[16];
      gsize n = chorus_base64_encode ((const guint8 *) pairs[i][0], strlen (pairs[i][0]), out);

      g_assert_cmpmem (out, n, pairs[i][1], strlen (pairs[i][1]));
    }
}

int
main (int   argc,
      char *argv[])
{
  static const char *const names[] = {
    [CHORUS_BASE64_PLAIN] = "plain",
    [CHORUS_BASE64_SSSE3] = "ssse3",
    [CHORUS_BASE64_AVX2] = "avx2",
  };

  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *every = g_strdup_printf ("/base64/%s/every-length", names[i]);
      g_autofree char *random = g_strdup_printf ("/base64/%s/random-length", names[i]);
      g_autofree char *pair = g_strdup_printf ("/base64/%s/every-pair", names[i]);

      g_test_add_data_func (every, GUINT_TO_POINTER (i), test_every_length);
      g_test_add_data_func (random, GUINT_TO_POINTER (i), test_random_length);
      g_test_add_data_func (pair, GUINT_TO_POINTER (i), test_every_pair);
    }
  g_test_add_func ("/base64/rfc", test_rfc);

  return g_test_run ();
}
