/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the service tests of the client share: a bad server, a client for it, and calls that wait for their end. */

#pragma once

#include "api/chorus-client.h"
#include "chorus-bad-server.h"
#include "chorus-test.h"

G_BEGIN_DECLS

#define TEST_TOKEN "t0ken-0f-the-test"

/* The answer of a server that is well. */
#define TEST_PROJECTS "[{\"project_id\":\"p\",\"project_name\":\"Western Ghats\"}]"

typedef struct
{
  ChorusBadServer *server;
  ChorusSession *session;
  ChorusClient *client;
} TestClient;

/* A client that is signed in with an access token and waits one second for anything. */
void test_client_set_up (TestClient    *test,
                         gconstpointer  data);

/* Checks that nothing keeps the client alive. */
void test_client_tear_down (TestClient    *test,
                            gconstpointer  data);

/* Lists the projects and waits for the end. */
GPtrArray *test_client_list_projects (TestClient  *test,
                                      GError     **error);

/* Checks that the client works as if nothing had been. */
void test_client_assert_still_works (TestClient *test);

/* Checks that an error is of the code, and its message one sentence for people without a trace of the machine. */
void test_client_assert_sentence (const GError   *error,
                                  ChorusApiError  code);

/* A token whose claims say when it ends. */
char *test_client_make_jwt (gint64 expiry);

G_END_DECLS
