/*
 * The door from JavaScript: each kernel as a function of the memory's ArrayBuffer and the kernel's own parameters. Nothing is allocated
 * and nothing kept between calls. `calls.h` is made from the signatures of the WebAssembly kernels (scripts/native.mjs).
 */
#if defined(_WIN32)
#define NAPI_EXTERN __declspec(dllimport)
#endif
#include <node_api.h>

#include "table.h"

#if defined(_WIN32)
/*
 * Windows binds what a library imports to a file by its name, and the program that loads us may have any (node.exe, Code.exe): what calls
 * go through is found in that program when we are loaded. Without all of it we are not.
 */
#include <windows.h>
#define OF_HOST(each)                                                                                                              \
  each(napi_create_function) each(napi_create_object) each(napi_create_string_utf8) each(napi_get_arraybuffer_info)                \
  each(napi_get_cb_info) each(napi_get_value_bool) each(napi_get_value_double) each(napi_set_named_property)                       \
  each(napi_throw_range_error) each(napi_throw_type_error)
#define PLACE(name) FARPROC __imp_##name;
#define FIND(name) && (__imp_##name = GetProcAddress(host, #name))
OF_HOST(PLACE)

BOOL WINAPI DllMain(HINSTANCE own, DWORD reason, LPVOID reserved) {
  (void)own, (void)reserved;
  const HMODULE host = GetModuleHandleW(NULL);
  return reason != DLL_PROCESS_ATTACH || (TRUE OF_HOST(FIND));
}
#endif

#define MOST_PARAMETERS 20

typedef struct {
  napi_env env;
  const kernels *lanes;
  uint8_t *memory;
  size_t length;
  double number[MOST_PARAMETERS];
  bool whole;
} call;

/* Reads the memory and `count` numbers or truth values; false, with an exception, where they are something else. */
static bool begin(napi_env env, napi_callback_info info, call *c, size_t count) {
  napi_value argument[MOST_PARAMETERS + 1];
  size_t given = count + 1;
  void *memory = NULL, *chosen = NULL;
  c->env = env;
  c->whole = true;
  if (napi_get_cb_info(env, info, &given, argument, NULL, &chosen) != napi_ok || given < count + 1 ||
      napi_get_arraybuffer_info(env, argument[0], &memory, &c->length) != napi_ok) {
    napi_throw_type_error(env, NULL, "A kernel takes its memory and its parameters.");
    return false;
  }
  c->memory = memory;
  c->lanes = chosen;
  for (size_t i = 0; i < count; i++) {
    bool truth = false;
    if (napi_get_value_double(env, argument[i + 1], &c->number[i]) == napi_ok) continue;
    if (napi_get_value_bool(env, argument[i + 1], &truth) != napi_ok) {
      napi_throw_type_error(env, NULL, "A parameter of a kernel is a number or a truth value.");
      return false;
    }
    c->number[i] = truth;
  }
  return true;
}

/* A number that is no whole one of its range would be converted to anything: it is refused. */
static address unsigned_at(call *c, int i) {
  const double x = c->number[i];
  if (x >= 0 && x <= UINT32_MAX && x == (double)(address)x) return (address)x;
  c->whole = false;
  return 0;
}

static int32_t signed_at(call *c, int i) {
  const double x = c->number[i];
  if (x >= INT32_MIN && x <= INT32_MAX && x == (double)(int32_t)x) return (int32_t)x;
  c->whole = false;
  return 0;
}

static napi_value end(call *c, const char *name, bool within) {
  if (!within || !c->whole) napi_throw_range_error(c->env, NULL, name);
  return NULL;
}

#include "calls.h"

/* One set of lanes, with its kernels by their names. */
static bool export_lanes(napi_env env, napi_value exports, const kernels *lanes) {
  napi_value set, says, function;
  if (napi_create_object(env, &set) != napi_ok || napi_set_named_property(env, exports, lanes->name, set) != napi_ok ||
      napi_create_string_utf8(env, lanes->says, NAPI_AUTO_LENGTH, &says) != napi_ok ||
      napi_set_named_property(env, set, "says", says) != napi_ok)
    return false;
  for (size_t i = 0; i < sizeof calls / sizeof *calls; i++)
    if (napi_create_function(env, calls[i].name, NAPI_AUTO_LENGTH, calls[i].function, (void *)lanes, &function) != napi_ok ||
        napi_set_named_property(env, set, calls[i].name, function) != napi_ok)
      return false;
  return true;
}

/* The sets of lanes that this processor has, widest first. */
NAPI_MODULE_INIT() {
  for (size_t i = 0; i < sizeof sets / sizeof *sets; i++)
    if (sets[i].has() && !export_lanes(env, exports, sets[i].lanes)) return NULL;
  return exports;
}
