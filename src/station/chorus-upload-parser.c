/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "chorus-upload-parser.h"

#include <string.h>

#include "chorus-base64-decoder.h"
#include "chorus-station-error.h"

#define CHORUS_UPLOAD_MAX_NESTING 64
/* Longer than any key that matters, any data URL's head and any sensible number. */
#define CHORUS_UPLOAD_MAX_TOKEN 256
#define CHORUS_UPLOAD_RUN (32 * 1024)

typedef enum
{
  CHORUS_UPLOAD_VALUE,
  CHORUS_UPLOAD_FIRST_VALUE,
  CHORUS_UPLOAD_KEY,
  CHORUS_UPLOAD_FIRST_KEY,
  CHORUS_UPLOAD_COLON,
  CHORUS_UPLOAD_SEPARATOR,
  CHORUS_UPLOAD_STRING,
  CHORUS_UPLOAD_ESCAPE,
  CHORUS_UPLOAD_HEX_ESCAPE,
  CHORUS_UPLOAD_WORD,
  CHORUS_UPLOAD_END,
} ChorusUploadState;

typedef enum
{
  CHORUS_UPLOAD_STRING_KEY,
  CHORUS_UPLOAD_STRING_IGNORED,
  CHORUS_UPLOAD_STRING_HEAD,
  CHORUS_UPLOAD_STRING_PAYLOAD,
} ChorusUploadString;

struct _ChorusUploadParser
{
  const ChorusUploadSink *sink;
  gpointer user_data;
  guint max_files;
  guint64 max_file_size;

  ChorusUploadState state;
  ChorusUploadString string;
  char nesting[CHORUS_UPLOAD_MAX_NESTING];
  guint depth;
  char token[CHORUS_UPLOAD_MAX_TOKEN];
  gsize n_token;
  gboolean token_overflow;
  guint hex_value;
  guint n_hex;

  gboolean files_next;
  gboolean files_seen;
  gboolean in_files;
  guint n_files;
  guint64 file_size;
  ChorusBase64Decoder decoder;
};

ChorusUploadParser *
chorus_upload_parser_new (const ChorusUploadSink *sink,
                          gpointer                user_data,
                          guint                   max_files,
                          guint64                 max_file_size)
{
  ChorusUploadParser *self = g_new0 (ChorusUploadParser, 1);

  self->sink = sink;
  self->user_data = user_data;
  self->max_files = max_files;
  self->max_file_size = max_file_size;
  self->state = CHORUS_UPLOAD_VALUE;

  return self;
}

void
chorus_upload_parser_free (ChorusUploadParser *self)
{
  g_free (self);
}

static gboolean
chorus_upload_parser_fail (GError     **error,
                           const char  *sentence)
{
  g_set_error_literal (error, CHORUS_STATION_ERROR, CHORUS_STATION_ERROR_BAD_REQUEST, sentence);

  return FALSE;
}

static gboolean
chorus_upload_parser_fail_syntax (GError **error)
{
  return chorus_upload_parser_fail (error, "The body of the request is not valid JSON.");
}

static gboolean
chorus_upload_parser_is_space (guint8 byte)
{
  return byte == ' ' || byte == '\t' || byte == '\n' || byte == '\r';
}

static void
chorus_upload_parser_add_to_token (ChorusUploadParser *self,
                                   guint8              byte)
{
  if (self->n_token + 1 < sizeof self->token)
    self->token[self->n_token++] = (char) byte;
  else
    self->token_overflow = TRUE;
  self->token[self->n_token] = '\0';
}

static void
chorus_upload_parser_clear_token (ChorusUploadParser *self)
{
  self->n_token = 0;
  self->token[0] = '\0';
  self->token_overflow = FALSE;
}

static gboolean
chorus_upload_parser_begin_payload (ChorusUploadParser  *self,
                                    GError             **error)
{
  g_autofree char *head = g_ascii_strdown (self->token, (gssize) self->n_token);

  if (!g_str_has_prefix (head, "data:audio/") || !g_str_has_suffix (head, ";base64"))
    return chorus_upload_parser_fail (
      error, "Each file must be a string that begins with data:audio/{format};base64, and goes on in base64.");
  if (self->n_files >= self->max_files)
    {
      g_set_error (error, CHORUS_STATION_ERROR, CHORUS_STATION_ERROR_TOO_MANY_FILES,
                   "A request may carry %u files at most.", self->max_files);
      return FALSE;
    }
  self->n_files++;
  self->file_size = 0;
  self->decoder = (ChorusBase64Decoder) CHORUS_BASE64_DECODER_INIT;
  self->string = CHORUS_UPLOAD_STRING_PAYLOAD;

  return self->sink->begin_file (self->user_data, error);
}

static gboolean
chorus_upload_parser_add_payload (ChorusUploadParser  *self,
                                  const guint8        *text,
                                  gsize                n_text,
                                  GError             **error)
{
  guint8 bytes[CHORUS_UPLOAD_RUN + 2];

  while (n_text > 0)
    {
      gsize n_run = MIN (n_text, CHORUS_UPLOAD_RUN);
      gsize n_bytes = 0;

      if (!chorus_base64_decoder_push (&self->decoder, text, n_run, bytes, &n_bytes))
        {
          g_set_error (error, CHORUS_STATION_ERROR, CHORUS_STATION_ERROR_BAD_REQUEST,
                       "File %u of the request is not valid base64.", self->n_files);
          return FALSE;
        }
      self->file_size += n_bytes;
      if (self->file_size > self->max_file_size)
        {
          g_set_error (error, CHORUS_STATION_ERROR, CHORUS_STATION_ERROR_FILE_TOO_LARGE,
                       "File %u of the request has more than %" G_GUINT64_FORMAT " bytes.", self->n_files,
                       self->max_file_size);
          return FALSE;
        }
      if (n_bytes > 0 && !self->sink->file_data (self->user_data, bytes, n_bytes, error))
        return FALSE;
      text += n_run;
      n_text -= n_run;
    }

  return TRUE;
}

/* One character of a string after its escapes are undone; anything beyond ASCII is as good as any other. */
static gboolean
chorus_upload_parser_add_character (ChorusUploadParser  *self,
                                    guint8               byte,
                                    GError             **error)
{
  switch (self->string)
    {
    case CHORUS_UPLOAD_STRING_KEY:
      chorus_upload_parser_add_to_token (self, byte);
      return TRUE;
    case CHORUS_UPLOAD_STRING_HEAD:
      if (byte == ',' && !self->token_overflow)
        return chorus_upload_parser_begin_payload (self, error);
      chorus_upload_parser_add_to_token (self, byte);
      return TRUE;
    case CHORUS_UPLOAD_STRING_PAYLOAD:
      return chorus_upload_parser_add_payload (self, &byte, 1, error);
    case CHORUS_UPLOAD_STRING_IGNORED:
    default:
      return TRUE;
    }
}

static gboolean
chorus_upload_parser_end_string (ChorusUploadParser  *self,
                                 GError             **error)
{
  switch (self->string)
    {
    case CHORUS_UPLOAD_STRING_KEY:
      self->files_next = self->depth == 1 && !self->token_overflow && self->n_token == strlen ("files")
                         && memcmp (self->token, "files", self->n_token) == 0;
      if (self->files_next && self->files_seen)
        return chorus_upload_parser_fail (error, "The body of the request has two members named files.");
      self->state = CHORUS_UPLOAD_COLON;
      return TRUE;
    case CHORUS_UPLOAD_STRING_HEAD:
      return chorus_upload_parser_fail (
        error, "Each file must be a string that begins with data:audio/{format};base64, and goes on in base64.");
    case CHORUS_UPLOAD_STRING_PAYLOAD:
      if (!chorus_base64_decoder_finish (&self->decoder))
        {
          g_set_error (error, CHORUS_STATION_ERROR, CHORUS_STATION_ERROR_BAD_REQUEST,
                       "File %u of the request is not valid base64.", self->n_files);
          return FALSE;
        }
      self->state = CHORUS_UPLOAD_SEPARATOR;
      return self->sink->end_file (self->user_data, error);
    case CHORUS_UPLOAD_STRING_IGNORED:
    default:
      self->state = CHORUS_UPLOAD_SEPARATOR;
      return TRUE;
    }
}

static gboolean
chorus_upload_parser_begin_value (ChorusUploadParser  *self,
                                  guint8               byte,
                                  GError             **error)
{
  gboolean of_files = self->files_next;

  self->files_next = FALSE;
  if (self->depth == 0 && byte != '{')
    return chorus_upload_parser_fail (error, "The body of the request must be a JSON object.");
  if (of_files && byte != '[')
    return chorus_upload_parser_fail (error, "The member files must be an array of strings.");
  if (self->in_files && byte != '"')
    return chorus_upload_parser_fail (error, "The member files must be an array of strings.");

  switch (byte)
    {
    case '{':
    case '[':
      if (self->depth == CHORUS_UPLOAD_MAX_NESTING)
        return chorus_upload_parser_fail (error, "The body of the request is nested too deeply.");
      self->nesting[self->depth++] = (char) byte;
      self->in_files = of_files;
      self->files_seen |= of_files;
      self->state = byte == '{' ? CHORUS_UPLOAD_FIRST_KEY : CHORUS_UPLOAD_FIRST_VALUE;
      return TRUE;
    case '"':
      chorus_upload_parser_clear_token (self);
      self->string = self->in_files ? CHORUS_UPLOAD_STRING_HEAD : CHORUS_UPLOAD_STRING_IGNORED;
      self->state = CHORUS_UPLOAD_STRING;
      return TRUE;
    default:
      chorus_upload_parser_clear_token (self);
      chorus_upload_parser_add_to_token (self, byte);
      self->state = CHORUS_UPLOAD_WORD;
      return g_ascii_isalnum (byte) || byte == '-' ? TRUE : chorus_upload_parser_fail_syntax (error);
    }
}

static gboolean
chorus_upload_parser_end_container (ChorusUploadParser  *self,
                                    char                 opening,
                                    GError             **error)
{
  if (self->depth == 0 || self->nesting[self->depth - 1] != opening)
    return chorus_upload_parser_fail_syntax (error);
  self->depth--;
  self->in_files = FALSE;
  self->state = self->depth == 0 ? CHORUS_UPLOAD_END : CHORUS_UPLOAD_SEPARATOR;

  return TRUE;
}

/* A number or one of the three words; numbers of other members are of no interest beyond their characters. */
static gboolean
chorus_upload_parser_check_word (ChorusUploadParser  *self,
                                 GError             **error)
{
  char *end = NULL;

  if (strcmp (self->token, "true") == 0 || strcmp (self->token, "false") == 0 || strcmp (self->token, "null") == 0)
    return TRUE;
  if (self->token_overflow || strspn (self->token, "0123456789+-.eE") != self->n_token)
    return chorus_upload_parser_fail_syntax (error);
  g_ascii_strtod (self->token, &end);

  return *end == '\0' ? TRUE : chorus_upload_parser_fail_syntax (error);
}

static gboolean
chorus_upload_parser_push_escape (ChorusUploadParser  *self,
                                  guint8               byte,
                                  GError             **error)
{
  static const char names[] = "\"\\/bfnrt";
  static const char meanings[] = "\"\\/\b\f\n\r\t";
  const char *name = byte != '\0' ? strchr (names, byte) : NULL;

  if (byte == 'u')
    {
      self->hex_value = 0;
      self->n_hex = 0;
      self->state = CHORUS_UPLOAD_HEX_ESCAPE;
      return TRUE;
    }
  if (!name)
    return chorus_upload_parser_fail_syntax (error);
  self->state = CHORUS_UPLOAD_STRING;

  return chorus_upload_parser_add_character (self, (guint8) meanings[name - names], error);
}

static gboolean
chorus_upload_parser_push_hex (ChorusUploadParser  *self,
                               guint8               byte,
                               GError             **error)
{
  if (!g_ascii_isxdigit (byte))
    return chorus_upload_parser_fail_syntax (error);
  self->hex_value = self->hex_value << 4 | (guint) g_ascii_xdigit_value ((char) byte);
  if (++self->n_hex < 4)
    return TRUE;
  self->state = CHORUS_UPLOAD_STRING;

  return chorus_upload_parser_add_character (self, self->hex_value < 0x80 ? (guint8) self->hex_value : 0xff, error);
}

/* How much of the text is payload that needs no look at single characters. */
static gsize
chorus_upload_parser_measure_run (const guint8 *bytes,
                                  gsize         n_bytes)
{
  const guint8 *quote = memchr (bytes, '"', n_bytes);
  gsize n_run = quote ? (gsize) (quote - bytes) : n_bytes;
  const guint8 *backslash = memchr (bytes, '\\', n_run);

  return backslash ? (gsize) (backslash - bytes) : n_run;
}

static gboolean
chorus_upload_parser_push_in_string (ChorusUploadParser  *self,
                                     guint8               byte,
                                     GError             **error)
{
  if (byte == '"')
    return chorus_upload_parser_end_string (self, error);
  if (byte == '\\')
    {
      self->state = CHORUS_UPLOAD_ESCAPE;
      return TRUE;
    }
  if (byte < 0x20)
    return chorus_upload_parser_fail_syntax (error);

  return chorus_upload_parser_add_character (self, byte, error);
}

static gboolean
chorus_upload_parser_push_between (ChorusUploadParser  *self,
                                   guint8               byte,
                                   GError             **error)
{
  if (chorus_upload_parser_is_space (byte))
    return TRUE;

  if ((self->state == CHORUS_UPLOAD_FIRST_VALUE && byte == ']')
      || (self->state == CHORUS_UPLOAD_FIRST_KEY && byte == '}'))
    return chorus_upload_parser_end_container (self, byte == ']' ? '[' : '{', error);
  if (self->state == CHORUS_UPLOAD_VALUE || self->state == CHORUS_UPLOAD_FIRST_VALUE)
    return chorus_upload_parser_begin_value (self, byte, error);

  if ((self->state == CHORUS_UPLOAD_KEY || self->state == CHORUS_UPLOAD_FIRST_KEY) && byte == '"')
    {
      chorus_upload_parser_clear_token (self);
      self->string = CHORUS_UPLOAD_STRING_KEY;
      self->state = CHORUS_UPLOAD_STRING;
      return TRUE;
    }
  if (self->state == CHORUS_UPLOAD_COLON && byte == ':')
    {
      self->state = CHORUS_UPLOAD_VALUE;
      return TRUE;
    }
  if (self->state == CHORUS_UPLOAD_SEPARATOR && byte == ',')
    {
      self->state = self->nesting[self->depth - 1] == '{' ? CHORUS_UPLOAD_KEY : CHORUS_UPLOAD_VALUE;
      return TRUE;
    }
  if (self->state == CHORUS_UPLOAD_SEPARATOR && (byte == '}' || byte == ']'))
    return chorus_upload_parser_end_container (self, byte == ']' ? '[' : '{', error);

  return chorus_upload_parser_fail_syntax (error);
}

static gboolean
chorus_upload_parser_push_byte (ChorusUploadParser  *self,
                                guint8               byte,
                                GError             **error)
{
  if (self->state == CHORUS_UPLOAD_STRING)
    return chorus_upload_parser_push_in_string (self, byte, error);
  if (self->state == CHORUS_UPLOAD_ESCAPE)
    return chorus_upload_parser_push_escape (self, byte, error);
  if (self->state == CHORUS_UPLOAD_HEX_ESCAPE)
    return chorus_upload_parser_push_hex (self, byte, error);
  if (self->state == CHORUS_UPLOAD_WORD)
    {
      if (g_ascii_isalnum (byte) || byte == '+' || byte == '-' || byte == '.')
        {
          chorus_upload_parser_add_to_token (self, byte);
          return TRUE;
        }
      if (!chorus_upload_parser_check_word (self, error))
        return FALSE;
      self->state = CHORUS_UPLOAD_SEPARATOR;
    }

  return chorus_upload_parser_push_between (self, byte, error);
}

gboolean
chorus_upload_parser_push (ChorusUploadParser  *self,
                           const guint8        *bytes,
                           gsize                n_bytes,
                           GError             **error)
{
  g_return_val_if_fail (self != NULL, FALSE);

  for (gsize i = 0; i < n_bytes;)
    {
      if (self->state == CHORUS_UPLOAD_STRING && self->string == CHORUS_UPLOAD_STRING_PAYLOAD)
        {
          /* Line breaks are no JSON, but `base64` writes them and people paste what it wrote; the decoder skips them. */
          gsize n_run = chorus_upload_parser_measure_run (bytes + i, n_bytes - i);

          if (!chorus_upload_parser_add_payload (self, bytes + i, n_run, error))
            return FALSE;
          i += n_run;
        }
      if (i < n_bytes && !chorus_upload_parser_push_byte (self, bytes[i++], error))
        return FALSE;
    }

  return TRUE;
}

gboolean
chorus_upload_parser_finish (ChorusUploadParser  *self,
                             GError             **error)
{
  g_return_val_if_fail (self != NULL, FALSE);

  if (self->state != CHORUS_UPLOAD_END)
    return chorus_upload_parser_fail (error, "The body of the request ends too early.");
  if (!self->files_seen || self->n_files == 0)
    return chorus_upload_parser_fail (error, "The request carries no file.");

  return TRUE;
}
