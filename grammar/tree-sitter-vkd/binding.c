/* The Python module `vkd_grammar._language`: hands the compiled grammar to py-tree-sitter.
 *
 * What it needs of Python is declared here, not included, so that it compiles on machines that have Python without its
 * development headers. Everything below belongs to the stable ABI: its names and layouts are the same in every CPython
 * from 3.11 on, and one compiled file (`_language.abi3.so`) serves them all.
 */
#include <stddef.h>

#include "tree_sitter/parser.h"

#ifdef _WIN32
#define EXPORT __declspec(dllexport)
#else
#define EXPORT __attribute__((visibility("default")))
#endif

typedef struct PyObject PyObject;
typedef PyObject *(*PyCFunction)(PyObject *self, PyObject *argument);

typedef struct {
    const char *name;
    PyCFunction function;
    int flags;
    const char *doc;
} PyMethodDef;

typedef struct {
    struct {
        ptrdiff_t reference_count; /* the object header: Py_ssize_t is as wide as ptrdiff_t */
        void *type;
        PyObject *(*init)(void);
        ptrdiff_t index;
        PyObject *copy;
    } base;
    const char *name;
    const char *doc;
    ptrdiff_t state_size;
    PyMethodDef *methods;
    void *slots;
    void *traverse;
    void *clear;
    void *free;
} PyModuleDef;

enum { METH_NOARGS = 0x0004 };

extern PyObject *PyCapsule_New(void *pointer, const char *name, void (*destructor)(PyObject *));
extern PyObject *PyModuleDef_Init(PyModuleDef *definition);

const TSLanguage *tree_sitter_vkd(void);

static PyObject *language(PyObject *self, PyObject *nothing) {
    (void)self;
    (void)nothing;
    return PyCapsule_New((void *)tree_sitter_vkd(), "tree_sitter.Language", NULL);
}

static PyMethodDef methods[] = {
    {"language", language, METH_NOARGS, "language()\n--\n\nThe grammar as a capsule, for tree_sitter.Language."},
    {NULL, NULL, 0, NULL},
};

static PyModuleDef definition = {
    .base = {.reference_count = 1},
    .name = "_language",
    .doc = "The compiled tree-sitter grammar of the description language.",
    .methods = methods,
};

EXPORT PyObject *PyInit__language(void);

EXPORT PyObject *PyInit__language(void) { return PyModuleDef_Init(&definition); }
