/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bench-view-picture.h"

#include <gio/gio.h>
#include <stdio.h>

/* zlib's own default, which sox leaves alone. */
#define BENCH_VIEW_COMPRESSION 6
#define BENCH_VIEW_N_COLORS 256u

static guint32
bench_view_crc (const guint8 *bytes,
                gsize         n)
{
  static guint32 table[256];
  guint32 crc = 0xffffffffu;

  for (guint32 i = 0; table[255] == 0 && i < 256; i++)
    {
      guint32 value = i;

      for (int bit = 0; bit < 8; bit++)
        value = value & 1 ? 0xedb88320u ^ (value >> 1) : value >> 1;
      table[i] = value;
    }
  for (gsize i = 0; i < n; i++)
    crc = table[(crc ^ bytes[i]) & 0xff] ^ (crc >> 8);

  return ~crc;
}

static void
bench_view_append_number (GByteArray *out,
                          guint32     number)
{
  guint32 big = GUINT32_TO_BE (number);

  g_byte_array_append (out, (const guint8 *) &big, sizeof big);
}

static void
bench_view_append_chunk (GByteArray   *out,
                         const char   *name,
                         const guint8 *bytes,
                         gsize         n)
{
  guint start = 0;

  bench_view_append_number (out, (guint32) n);
  start = out->len;
  g_byte_array_append (out, (const guint8 *) name, 4);
  g_byte_array_append (out, bytes, (guint) n);
  bench_view_append_number (out, bench_view_crc (out->data + start, n + 4));
}

static GBytes *
bench_view_compress (GByteArray *rows)
{
  g_autoptr (GZlibCompressor) compressor =
    g_zlib_compressor_new (G_ZLIB_COMPRESSOR_FORMAT_ZLIB, BENCH_VIEW_COMPRESSION);
  g_autoptr (GOutputStream) memory = g_memory_output_stream_new_resizable ();
  g_autoptr (GOutputStream) stream = g_converter_output_stream_new (memory, G_CONVERTER (compressor));

  if (!g_output_stream_write_all (stream, rows->data, rows->len, NULL, NULL, NULL)
      || !g_output_stream_close (stream, NULL, NULL))
    return g_bytes_new (NULL, 0);

  return g_memory_output_stream_steal_as_bytes (G_MEMORY_OUTPUT_STREAM (memory));
}

static GByteArray *
bench_view_make_png (const guint32 *pixels,
                     guint          width,
                     guint          height,
                     const guint32 *palette)
{
  static const guint8 signature[] = { 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n' };
  GByteArray *out = g_byte_array_new ();
  g_autoptr (GByteArray) header = g_byte_array_new ();
  g_autoptr (GByteArray) rows = g_byte_array_sized_new (height * (width + 1));
  g_autoptr (GHashTable) indices = g_hash_table_new (NULL, NULL);
  g_autoptr (GBytes) compressed = NULL;
  guint8 colors[BENCH_VIEW_N_COLORS * 3];
  guint32 last = 0;
  guint8 index = 0;

  for (guint i = 0; i < BENCH_VIEW_N_COLORS; i++)
    {
      colors[i * 3] = (guint8) (palette[i] >> 16);
      colors[i * 3 + 1] = (guint8) (palette[i] >> 8);
      colors[i * 3 + 2] = (guint8) palette[i];
      g_hash_table_insert (indices, GUINT_TO_POINTER (palette[i]), GUINT_TO_POINTER (i));
    }
  g_byte_array_set_size (rows, height * (width + 1));
  for (guint y = 0; y < height; y++)
    {
      guint8 *row = rows->data + (gsize) y * (width + 1);

      row[0] = 0;
      for (guint x = 0; x < width; x++)
        {
          guint32 pixel = pixels[(gsize) y * width + x];

          if (pixel != last)
            index = (guint8) GPOINTER_TO_UINT (g_hash_table_lookup (indices, GUINT_TO_POINTER (pixel)));
          last = pixel;
          row[x + 1] = index;
        }
    }

  g_byte_array_append (out, signature, sizeof signature);
  bench_view_append_number (header, width);
  bench_view_append_number (header, height);
  /* 8 bits a pixel, by palette; the usual compression and filters, not interlaced. */
  g_byte_array_append (header, (const guint8[]){ 8, 3, 0, 0, 0 }, 5);
  bench_view_append_chunk (out, "IHDR", header->data, header->len);
  bench_view_append_chunk (out, "PLTE", colors, sizeof colors);
  compressed = bench_view_compress (rows);
  bench_view_append_chunk (out, "IDAT", g_bytes_get_data (compressed, NULL), g_bytes_get_size (compressed));
  bench_view_append_chunk (out, "IEND", (const guint8 *) "", 0);

  return out;
}

static GByteArray *
bench_view_make_ppm (const guint32 *pixels,
                     guint          width,
                     guint          height)
{
  GByteArray *out = g_byte_array_new ();
  g_autofree char *header = g_strdup_printf ("P6\n%u %u\n255\n", width, height);
  gsize start = strlen (header);

  g_byte_array_append (out, (const guint8 *) header, (guint) start);
  g_byte_array_set_size (out, (guint) (start + (gsize) width * height * 3));
  for (gsize i = 0; i < (gsize) width * height; i++)
    {
      out->data[start + i * 3] = (guint8) (pixels[i] >> 16);
      out->data[start + i * 3 + 1] = (guint8) (pixels[i] >> 8);
      out->data[start + i * 3 + 2] = (guint8) pixels[i];
    }

  return out;
}

gboolean
bench_view_picture_write (const char    *path,
                          const guint32 *pixels,
                          guint          width,
                          guint          height,
                          const guint32 *palette)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GByteArray) out = g_str_has_suffix (path, ".png") ? bench_view_make_png (pixels, width, height, palette)
                                                               : bench_view_make_ppm (pixels, width, height);

  if (g_file_set_contents (path, (const char *) out->data, (gssize) out->len, &error))
    return TRUE;
  fprintf (stderr, "%s\n", error->message);

  return FALSE;
}
