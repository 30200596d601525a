/* What both C references share: a random shuffle, and where each layer lives in the flat arrays. */
#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#define MAX_LAYERS 32
#define ALIGNMENT 64

/* xorshift64 (Marsaglia 2003) and a Fisher-Yates shuffle; exported so that a test can replay it. */
void shuffle(int *order, int n, uint64_t *state)
{
    for (int i = n - 1; i > 0; i--) {
        *state ^= *state << 13;
        *state ^= *state >> 7;
        *state ^= *state << 17;
        int j = (int)(*state % (uint64_t)(i + 1));
        int kept = order[i];
        order[i] = order[j];
        order[j] = kept;
    }
}

static float *new_floats(size_t count)
{
    size_t bytes = (count * sizeof(float) + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    float *memory = aligned_alloc(ALIGNMENT, bytes);
    if (memory)
        memset(memory, 0, bytes);
    return memory;
}

/* Weights and activations of every layer, and the two error arrays that backpropagation swaps.
   `rows` is how many examples an activation array holds, padding included. */
typedef struct {
    float *weights[MAX_LAYERS], *bias[MAX_LAYERS], *outputs[MAX_LAYERS + 1];
    float *errors, *next_errors;
    int *order;
} Workspace;

static int open_workspace(Workspace *work, float *parameters, const int *widths, int n_layers,
                          int rows, int n_points)
{
    memset(work, 0, sizeof *work);
    if (n_layers > MAX_LAYERS)
        return 0;
    int widest = 0, complete = 1;
    for (int l = 0; l <= n_layers; l++) {
        widest = widths[l] > widest ? widths[l] : widest;
        complete &= (work->outputs[l] = new_floats((size_t)rows * widths[l])) != NULL;
    }
    for (int l = 0; l < n_layers; l++) {
        work->weights[l] = parameters;
        parameters += widths[l] * widths[l + 1];
        work->bias[l] = parameters;
        parameters += widths[l + 1];
    }
    work->errors = new_floats((size_t)rows * widest);
    work->next_errors = new_floats((size_t)rows * widest);
    work->order = malloc(sizeof(int) * (size_t)n_points);
    for (int i = 0; work->order && i < n_points; i++)
        work->order[i] = i;
    return complete && work->errors && work->next_errors && work->order;
}

static void close_workspace(Workspace *work)
{
    for (int l = 0; l <= MAX_LAYERS; l++)
        free(work->outputs[l]);
    free(work->errors);
    free(work->next_errors);
    free(work->order);
}

static void swap_errors(Workspace *work)
{
    float *kept = work->errors;
    work->errors = work->next_errors;
    work->next_errors = kept;
}
