/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <glib.h>

#include "api/chorus-jwt.h"

static void
test_jwt_expiry (void)
{
  static const struct
  {
    const char *token;
    gint64 expiry;
  } cases[] = {
    /* The example of RFC 7519 section 3.1, with its signature. */
    { "eyJ0eXAiOiJKV1QiLA0KICJhbGciOiJIUzI1NiJ9."
      "eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ."
      "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk",
      1300819380 },
    { "x.eyJleHAiOjE3MDAwMDAwMDB9.y", 1700000000 },    /* {"exp":1700000000} */
    { "x.eyJleHAiOjE3MDAwMDAwMDAuNX0.y", 1700000000 }, /* {"exp":1700000000.5} */
    { "x.eyJleHAiOiIxNzAwMDAwMDAwIn0.y", 1700000000 }, /* {"exp":"1700000000"} */
    { "x.eyJzdWIiOiJtZSJ9.y", 0 },                     /* {"sub":"me"} */
    { "x.eyJleHAiOi01fQ.y", 0 },                       /* {"exp":-5} */
    { "x.eyJleHAiOjFlMzAwfQ.y", 0 },                   /* {"exp":1e300} */
    { "x.eyJleHAiOltdfQ.y", 0 },                       /* {"exp":[]} */
    { "x.W10.y", 0 },                                  /* [] */
    { "x.bnVsbA.y", 0 },                               /* null */
    { "x.!!!!.y", 0 },
    { "x..y", 0 },
    { "..", 0 },
    { "x.eyJleHAiOjE3MDAwMDAwMDB9", 0 },
    { "a.b.c.d", 0 },
    { "opaque-token", 0 },
    { "", 0 },
    { NULL, 0 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_test_message ("%s", cases[i].token);
      g_assert_cmpint (chorus_jwt_get_expiry (cases[i].token), ==, cases[i].expiry);
    }
}

static void
test_jwt_huge (void)
{
  g_autofree char *filler = g_strnfill (10 * 1024 * 1024, 'A');
  g_autofree char *token = g_strconcat ("x.", filler, ".y", NULL);

  g_assert_cmpint (chorus_jwt_get_expiry (token), ==, 0);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/api/jwt/expiry", test_jwt_expiry);
  g_test_add_func ("/api/jwt/huge", test_jwt_huge);

  return g_test_run ();
}
